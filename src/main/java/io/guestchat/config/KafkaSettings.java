package io.guestchat.config;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * The keys {@code kafka.*}.
 *
 * @param brokers bootstrap servers as {@code host:port}, separated by commas
 * @param groupId the consumer group; instances of one group share the chats
 * @param sessionTimeout how soon the group notices a dead instance
 * @param security how we and the brokers make sure of each other
 */
public record KafkaSettings(String brokers, String groupId, Duration sessionTimeout, KafkaSecurity security) {

    /**
     * How any client of ours reaches the brokers, in Kafka's own keys; a new object at each call. What is secret is in it as a
     * {@code Password} of Kafka's, which shows nothing; so copy it as a map, not by {@code getProperty}.
     */
    public Properties clientProperties() {
        Properties client = new Properties();
        client.setProperty(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        client.putAll(security.clientProperties());
        return client;
    }
}
