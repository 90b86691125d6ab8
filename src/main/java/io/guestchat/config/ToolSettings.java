package io.guestchat.config;

/** What the operators' tools need of the configuration: how to reach Kafka, and the topics' names. */
public record ToolSettings(KafkaSettings kafka, TopicSettings topics) {
}
