package io.guestchat.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.List;

import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class RequestIntakeTest {
    private final Assignments assignments = new Assignments(System::nanoTime);
    private final List<RequestRecord> taken = new ArrayList<>();
    private final RequestIntake intake = new RequestIntake(assignments, new ChatLanes(Runnable::run, (record, whenFinished) -> {
        taken.add(record);
        whenFinished.run();
    }));

    private static Exchange exchange(long offset, byte[] key, Object body) {
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setHeader(KafkaConstants.TOPIC, "requests");
        exchange.getMessage().setHeader(KafkaConstants.PARTITION, 2);
        exchange.getMessage().setHeader(KafkaConstants.OFFSET, offset);
        exchange.getMessage().setHeader(KafkaConstants.TIMESTAMP, 1234L);
        exchange.getMessage().setHeader(KafkaConstants.HEADERS, new RecordHeaders().add("traceparent", "00-ab".getBytes(UTF_8)));
        if (key != null) {
            exchange.getMessage().setHeader(KafkaConstants.KEY, key);
        }
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private PartitionProgress registered(long... offsets) {
        PartitionProgress progress = assignments.add(new TopicPartition("requests", 2), 1).progress();
        for (long offset : offsets) {
            progress.begin(offset);
        }
        return progress;
    }

    @Test
    void givenARegisteredRecord_whenAccepted_thenItIsTakenWholeAndItsEndReleasesTheOffset() {
        PartitionProgress progress = registered(41);

        intake.accept(exchange(41, "chat".getBytes(UTF_8), "{}".getBytes(UTF_8)));

        assertThat(taken).singleElement().satisfies(record -> {
            assertThat(record.topic()).isEqualTo("requests");
            assertThat(record.partition()).isEqualTo(2);
            assertThat(record.offset()).isEqualTo(41);
            assertThat(record.timestamp()).isEqualTo(1234);
            assertThat(record.key()).asString(UTF_8).isEqualTo("chat");
            assertThat(record.value()).asString(UTF_8).isEqualTo("{}");
            assertThat(record.headers()).extracting(Header::key).containsExactly("traceparent");
            assertThat(record.headers().lastHeader("traceparent").value()).asString(UTF_8).isEqualTo("00-ab");
        });
        assertThat(progress.watermark()).hasValue(42);
    }

    @Test
    void givenNeitherKeyNorValue_whenAccepted_thenBothAreNull() {
        registered(41);

        intake.accept(exchange(41, null, null));

        assertThat(taken).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.value()).isNull();
        });
    }

    @Test
    void givenAnExchangeUsedAgain_whenItsHeadersChange_thenTheRecordKeepsItsOwn() {
        registered(41);
        Exchange exchange = exchange(41, "chat".getBytes(UTF_8), "{}".getBytes(UTF_8));
        intake.accept(exchange);

        exchange.getMessage().getHeader(KafkaConstants.HEADERS, RecordHeaders.class).remove("traceparent");

        assertThat(taken.get(0).headers()).hasSize(1);
    }

    @Test
    void givenARecordThatWasNotRegistered_whenAccepted_thenItIsRefusedWithoutAnException() {
        PartitionProgress progress = registered(41);

        assertThatCode(() -> intake.accept(exchange(40, "chat".getBytes(UTF_8), "{}".getBytes(UTF_8))))
                .doesNotThrowAnyException();

        assertThat(taken).isEmpty();
        assertThat(progress.unfinished()).isEqualTo(1);
    }

    @Test
    void givenARouteWithOtherDeserializers_whenAccepted_thenTheRecordStaysUnfinishedWithoutAnException() {
        PartitionProgress progress = registered(41);

        assertThatCode(() -> intake.accept(exchange(41, "chat".getBytes(UTF_8), "a string"))).doesNotThrowAnyException();

        assertThat(taken).isEmpty();
        assertThat(progress.watermark()).hasValue(41);
    }
}
