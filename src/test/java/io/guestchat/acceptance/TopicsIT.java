package io.guestchat.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.config.TopicSettings;
import io.guestchat.harness.BridgeRig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** The topics at the start: made where they are missing. */
class TopicsIT {

    @Test
    void givenNoTopics_whenTheBridgeStarts_thenTheyAreMadeAsConfigured() throws Exception {
        // when
        try (BridgeRig rig = BridgeRig.start(platform -> platform, Map.of("topics.partitions", "4"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", rig.kafka().bootstrapServers()))) {

            // then
            TopicSettings topics = rig.settings().topics();
            Map<String, TopicDescription> made = admin.describeTopics(all(topics)).allTopicNames().get();
            assertThat(made.values()).extracting(topic -> topic.partitions().size()).containsOnly(4).hasSize(6);
            assertThat(cleanupPolicy(admin, topics.sessions())).isEqualTo("compact");
            assertThat(cleanupPolicy(admin, topics.requests())).isEqualTo("delete");
        }
    }

    @Test
    void givenTheRequestsWithTheirOwnPartitions_whenTheBridgeStarts_thenTheSessionsGetAsMany() throws Exception {
        // given
        String requests = "made-before-" + UUID.randomUUID();
        try (BridgeRig first = BridgeRig.start()) {
            first.kafka().createTopic(requests, 5, Map.of());
        }

        // when
        try (BridgeRig rig = BridgeRig.start(platform -> platform, Map.of("topics.requests", requests, "topics.partitions", "2"));
                Admin admin = Admin.create(Map.of("bootstrap.servers", rig.kafka().bootstrapServers()))) {

            // then
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(all(rig.settings().topics())).allTopicNames().get()
                    .forEach((name, topic) -> partitions.put(name, topic.partitions().size()));
            assertThat(partitions).containsEntry(requests, 5).containsEntry(rig.settings().topics().sessions(), 5)
                    .containsEntry(rig.settings().topics().events(), 2);
        }
    }

    @Test
    void givenRequestsBeforeTheGroupsFirstStart_whenTheBridgeStarts_thenItBeginsWithTheEarliest() {
        // given
        try (BridgeRig rig = BridgeRig.start()) {
            rig.stopBridge();
            rig.configure("kafka.group-id", "another-" + UUID.randomUUID());
            rig.outside().start("early", "r-1");
            rig.outside().sent().forEach(request -> assertThat(request.metadata().hasOffset()).isTrue());

            // when
            rig.startBridge();

            // then
            rig.outside().awaitAnswer("early", "session-created", "r-1");
        }
    }

    private static List<String> all(TopicSettings topics) {
        return List.of(topics.requests(), topics.messages(), topics.events(), topics.history(),
                topics.deadLetters(), topics.sessions());
    }

    private static String cleanupPolicy(Admin admin, String topic) throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get("cleanup.policy").value();
    }
}
