package io.guestchat.config;

/**
 * The keys {@code topics.*}: six names, no two the same (contract, "Topics"), and how missing topics are made.
 *
 * @param requests what callers ask for
 * @param messages texts that the guest is to see
 * @param events lifecycle and outcomes
 * @param history pages of conversations' histories
 * @param deadLetters requests that failed
 * @param sessions the durable state of the sessions; compacted
 * @param create whether missing topics are created at the start
 * @param partitions of a topic that is created
 * @param replicationFactor of a topic that is created
 */
public record TopicSettings(String requests, String messages, String events, String history, String deadLetters,
        String sessions, boolean create, int partitions, short replicationFactor) {
}
