package io.guestchat.config;

import java.time.Duration;

/**
 * The keys {@code kafka.*}.
 *
 * @param brokers bootstrap servers as {@code host:port}, separated by commas
 * @param groupId the consumer group; instances of one group share the chats
 * @param sessionTimeout how soon the group notices a dead instance
 */
public record KafkaSettings(String brokers, String groupId, Duration sessionTimeout) {
}
