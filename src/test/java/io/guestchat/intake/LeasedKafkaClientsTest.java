package io.guestchat.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The producers of the routes: one for all that want the same. No broker is needed to make one. */
class LeasedKafkaClientsTest {

    private final Lease lease = Lease.within(Duration.ofSeconds(10), System::nanoTime);
    private final LeasedKafkaClients clients = new LeasedKafkaClients("bridge", new Properties(), new Assignments(System::nanoTime),
            new ChatLanes(Runnable::run, (record, whenFinished) -> { }), new RecordingOwner(), lease, IntakeSettings.defaults(),
            System::nanoTime);

    @BeforeEach
    void holdTheLease() {
        lease.renewed(System.nanoTime());
    }

    @Test
    void givenTwoRoutesWithTheSameSettings_whenEachAsksForAProducer_thenTheyShareOneThatClosesWithTheLast() {
        Producer<?, ?> first = clients.getProducer(settings("0"));
        Producer<?, ?> second = clients.getProducer(settings("0"));

        assertThat(second).isSameAs(first);
        first.close();
        assertThat(isOpen(second)).isTrue();
        second.close();
        assertThat(isOpen(second)).isFalse();
    }

    @Test
    void givenRoutesWithSettingsOfTheirOwn_whenTheyAskForProducers_thenEachHasItsOwn() {
        try (Producer<?, ?> one = clients.getProducer(settings("0")); Producer<?, ?> other = clients.getProducer(settings("2"))) {
            assertThat(other).isNotSameAs(one);
        }
    }

    @Test
    void givenAProducerThatItsLastRouteHasClosed_whenARouteStartsAgain_thenItGetsANewOne() {
        Producer<?, ?> closed = clients.getProducer(settings("0"));
        closed.close();

        try (Producer<?, ?> anew = clients.getProducer(settings("0"))) {
            assertThat(anew).isNotSameAs(closed);
            assertThat(isOpen(anew)).isTrue();
        }
    }

    @SuppressWarnings("unchecked")
    private static boolean isOpen(Producer<?, ?> producer) {
        try {
            ((Producer<Object, Object>) producer).send(new ProducerRecord<>("topic", new byte[] {1}));
            return true;
        } catch (IllegalStateException closed) {
            return false;
        }
    }

    private static Properties settings(String linger) {
        Properties settings = new Properties();
        settings.putAll(Map.of("bootstrap.servers", "127.0.0.1:1", "max.block.ms", "0", "linger.ms", linger,
                "key.serializer", ByteArraySerializer.class.getName(), "value.serializer", ByteArraySerializer.class.getName()));
        return settings;
    }
}
