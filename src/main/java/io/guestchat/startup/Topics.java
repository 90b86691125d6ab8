package io.guestchat.startup;

import io.guestchat.config.TopicSettings;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bridge's topics: made where they are missing, and checked where a wrong one would lose a chat. Blocks; call it on a thread
 * of its own.
 */
final class Topics {

    private static final Logger LOG = LoggerFactory.getLogger(Topics.class);
    private static final long SECONDS = 20;

    private final Properties client;
    private final TopicSettings settings;

    Topics(Properties client, TopicSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * Makes what is missing, if that is wanted, and checks that the state has as many partitions as the requests.
     *
     * @throws TopicsUnfitException where the bridge must not start with the topics as they are
     * @throws ExecutionException where Kafka does not answer, or not yet
     */
    void prepare() throws TopicsUnfitException, ExecutionException, InterruptedException, TimeoutException {
        try (Admin admin = Admin.create(client)) {
            Set<String> there = admin.listTopics().names().get(SECONDS, TimeUnit.SECONDS);
            Set<String> missing = new LinkedHashSet<>(all());
            missing.removeAll(there);
            if (!missing.isEmpty()) {
                if (!settings.create()) {
                    throw new TopicsUnfitException("topics are missing and topics.create is false: " + String.join(", ", missing));
                }
                create(admin, missing, there);
            }
            check(admin);
            awaitLeaders(admin);
        }
    }

    /**
     * An idempotent producer that sends to a partition which does not serve yet may have its first batch refused and its second
     * taken, and then waits for the first for ever. So nothing is sent before every partition has answered.
     */
    private void awaitLeaders(Admin admin) throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> partitions = new HashMap<>();
        for (String topic : all()) {
            for (int partition = 0; partition < partitions(admin, topic); partition++) {
                partitions.put(new TopicPartition(topic, partition), OffsetSpec.latest());
            }
        }
        admin.listOffsets(partitions).all().get(SECONDS, TimeUnit.SECONDS);
    }

    private List<String> all() {
        return List.of(settings.requests(), settings.messages(), settings.events(), settings.history(), settings.deadLetters(),
                settings.sessions());
    }

    private void create(Admin admin, Set<String> missing, Set<String> there)
            throws ExecutionException, InterruptedException, TimeoutException {
        // The one of the two that is there already decides for the other, whatever topics.partitions says.
        int paired = settings.partitions();
        if (there.contains(settings.requests())) {
            paired = partitions(admin, settings.requests());
        } else if (there.contains(settings.sessions())) {
            paired = partitions(admin, settings.sessions());
        }
        for (String topic : missing) {
            boolean pair = topic.equals(settings.requests()) || topic.equals(settings.sessions());
            NewTopic created = new NewTopic(topic, pair ? paired : settings.partitions(), settings.replicationFactor());
            if (topic.equals(settings.sessions())) {
                created.configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            }
            try {
                admin.createTopics(List.of(created)).all().get(SECONDS, TimeUnit.SECONDS);
                LOG.info("topic created topic={} partitions={}", topic, created.numPartitions());
            } catch (ExecutionException failure) {
                if (!(failure.getCause() instanceof TopicExistsException)) {
                    throw failure;
                }
            }
        }
    }

    private void check(Admin admin) throws TopicsUnfitException, ExecutionException, InterruptedException, TimeoutException {
        int requests = partitions(admin, settings.requests());
        int sessions = partitions(admin, settings.sessions());
        if (requests != sessions) {
            throw new TopicsUnfitException("topic " + settings.requests() + " has " + requests + " partitions and "
                    + settings.sessions() + " has " + sessions + "; they need as many: a chat's state is on the partition of its requests");
        }
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException, TimeoutException {
        TopicDescription description =
                admin.describeTopics(List.of(topic)).allTopicNames().get(SECONDS, TimeUnit.SECONDS).get(topic);
        return description.partitions().size();
    }
}
