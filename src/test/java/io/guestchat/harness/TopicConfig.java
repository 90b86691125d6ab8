package io.guestchat.harness;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;

/** A topic's configuration, changed while it is used. */
public final class TopicConfig {

    private TopicConfig() {
    }

    /**
     * Returns once the broker tells the new value: the controller, which has taken it, is ahead of the broker.
     *
     * @param value empty for the broker's own
     */
    public static void change(String brokers, String topic, String key, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(key, value), value.isEmpty() ? OpType.DELETE : OpType.SET);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all().get();
            await(key).atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).until(() -> {
                ConfigEntry told = admin.describeConfigs(List.of(resource)).all().get().get(resource).get(key);
                return value.isEmpty() ? told.source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG
                        : Objects.equals(told.value(), value);
            });
        } catch (ExecutionException refused) {
            throw new IllegalStateException(refused.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
