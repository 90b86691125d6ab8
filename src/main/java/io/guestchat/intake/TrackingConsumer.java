package io.guestchat.intake;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer of the requests topic, under Camel's loop (org.apache.camel.component.kafka.KafkaFetchRecords), which knows
 * nothing of it: each {@code poll} commits watermarks, decides which partitions are read, and registers what it returns.
 *
 * <p>The hazard: Camel regards a record as processed when the route returns, long before it is carried out. So Camel must not
 * commit ({@code autoCommitEnable=false}, {@code allowManualCommit=false}, no offset repository), and what it does to a
 * suspended route must not touch positions: on resume it seeks every partition back to the committed offset, where requests
 * still in flight would be delivered a second time. Everything fetched is registered here, so positions are right as they are
 * and those seeks are ignored.
 *
 * <p>Single-threaded, as any Kafka consumer; only {@code wakeup} is for other threads.
 */
final class TrackingConsumer extends KafkaConsumer<byte[], byte[]> {
    private static final Logger log = LoggerFactory.getLogger(TrackingConsumer.class);

    private final Assignments assignments;
    private final IntakeSettings settings;
    private final WatermarkCommits commits;
    private final PartitionPreparation preparation;
    private final PartitionHandover handover;
    private final GroupMembership membership;
    private final KafkaAccess access;
    private boolean suspended;

    TrackingConsumer(Properties properties, Assignments assignments, ChatLanes lanes, PartitionOwner owner, Lease lease,
            IntakeSettings settings, LongSupplier nanoTime) {
        super(withoutAutoCommit(properties), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        PartitionOwner guarded = new GuardedOwner(owner);
        this.assignments = assignments;
        this.settings = settings;
        this.commits = new WatermarkCommits(this, assignments, guarded, lease, settings.commitInterval(), nanoTime);
        this.preparation = new PartitionPreparation(this, assignments, guarded);
        this.handover = new PartitionHandover(assignments, lanes, guarded, commits, settings.drainTimeout(),
                () -> groupMetadata().generationId());
        this.membership = new GroupMembership(this, properties, nanoTime);
        this.access = new KafkaAccess(assignments, nanoTime);
    }

    private static Properties withoutAutoCommit(Properties properties) {
        Properties own = new Properties();
        own.putAll(properties);
        own.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        return own;
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener camels) {
        if (topics.size() != 1) {
            throw new IllegalArgumentException("requests come from one topic, not from " + topics);
        }
        super.subscribe(topics, new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                handover.onPartitionsAssigned(partitions);
                // At once: the poll that is under way must not fetch what the owner is not ready for.
                TrackingConsumer.super.pause(partitions);
                camels.onPartitionsAssigned(partitions);
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                handover.onPartitionsRevoked(partitions);
                camels.onPartitionsRevoked(partitions);
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                handover.onPartitionsLost(partitions);
                camels.onPartitionsLost(partitions);
            }
        });
    }

    /** Not supported: partitions of several topics would be taken for one. */
    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener camels) {
        throw new UnsupportedOperationException("requests come from one topic, not from a pattern of topics");
    }

    @Override
    public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
        ConsumerRecords<byte[], byte[]> records;
        try {
            preparation.tellOwner();
            commits.commitAdvanced();
            holdBackOrReadOn();
            records = super.poll(timeout);
        } catch (AuthenticationException | AuthorizationException refused) {
            access.failed(refused);
            // The refusal may have ended the client's heartbeat thread, and a thread is only made for joining: without this the
            // consumer would read on, be put out of its group and not notice.
            enforceRebalance("let in again");
            records = ConsumerRecords.empty();
        }
        boolean member = membership.isMember();
        if (member) {
            access.granted();
        }
        assignments.polled(member);
        return register(records);
    }

    private void holdBackOrReadOn() {
        Set<TopicPartition> rest = new HashSet<>();
        Set<TopicPartition> read = new HashSet<>();
        for (Assignment assignment : assignments.current()) {
            (assignment.mustRest(settings) || suspended ? rest : read).add(assignment.topicPartition());
        }
        Set<TopicPartition> resting = paused();
        rest.removeAll(resting);
        read.retainAll(resting);
        super.pause(rest);
        super.resume(read);
    }

    private ConsumerRecords<byte[], byte[]> register(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> accepted = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> fetched = records.records(partition);
            PartitionProgress progress = assignments.of(partition.partition()).progress();
            if (progress.isBehind(fetched.get(0).offset())) {
                beginAnew(partition, fetched.get(0).offset());
            } else {
                fetched.forEach(record -> progress.begin(record.offset(), bytes(record)));
                accepted.put(partition, fetched);
            }
        }
        return accepted.size() == records.partitions().size() ? records : new ConsumerRecords<>(accepted);
    }

    /** Sizes are -1 where there is no key or value. */
    private static int bytes(ConsumerRecord<byte[], byte[]> record) {
        int bytes = Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
        for (Header header : record.headers()) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    /**
     * Offsets went back: the topic was made anew, or cut off by an unclean election, and Kafka has reset the position. What is
     * known of the partition is void, so the owner loses it and gets it again, and reads on from here when it is ready.
     */
    private void beginAnew(TopicPartition partition, long offset) {
        log.warn("partition went back, beginning anew partition={} offset={}", partition, offset);
        handover.onPartitionsLost(List.of(partition));
        handover.onPartitionsAssigned(List.of(partition));
        assignments.of(partition.partition()).anewFrom(offset);
        super.pause(List.of(partition));
        super.seek(partition, offset);
    }

    /** Called by Camel when its route is suspended; all partitions rest until {@link #resume(Collection)}. */
    @Override
    public void pause(Collection<TopicPartition> partitions) {
        suspended = true;
        super.pause(partitions);
    }

    /** Called by Camel when its route is resumed; the next poll finds out which partitions are to be read. */
    @Override
    public void resume(Collection<TopicPartition> partitions) {
        suspended = false;
    }

    /** Ignored: see the class. */
    @Override
    public void seek(TopicPartition partition, long offset) {
        log.debug("seek ignored partition={} offset={}", partition, offset);
    }

    /** Ignored: see the class. */
    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        seek(partition, offset.offset());
    }

    @Override
    public void unsubscribe() {
        assignments.left();
        super.unsubscribe();
    }

    @Override
    public void close() {
        assignments.left();
        try {
            super.close();
        } finally {
            loseTheRest();
        }
    }

    @Override
    public void close(Duration timeout) {
        assignments.left();
        try {
            super.close(timeout);
        } finally {
            loseTheRest();
        }
    }

    /** Where the client died before it could give its partitions back, the owner must not go on as if it had them. */
    private void loseTheRest() {
        handover.onPartitionsLost(assignments.current().stream().map(Assignment::topicPartition).toList());
    }
}
