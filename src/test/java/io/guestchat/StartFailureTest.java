package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import org.apache.camel.FailedToCreateRouteException;
import org.junit.jupiter.api.Test;

class StartFailureTest {

    @Test
    void givenCausesBelowCauses_whenTold_thenTheInnermostMessageIsTheReason() {
        Exception failure = new IllegalStateException("outer", new IOException("the broker is gone", new RuntimeException()));

        assertThat(StartFailure.reasonOf(failure)).isEqualTo("the broker is gone");
    }

    @Test
    void givenARouteThatFailed_whenTold_thenItIsNamed() {
        Exception failure = new FailedToCreateRouteException("start", "location", "route", new IOException("no such thing"));

        assertThat(StartFailure.reasonOf(failure)).isEqualTo("route start: no such thing");
    }

    @Test
    void givenAMessageOfManyLines_whenTold_thenItIsOneShortLine() {
        String reason = StartFailure.reasonOf(new IOException("first\n  second\u001b[0m\t" + "x".repeat(1000)));

        assertThat(reason).startsWith("first second [0m xxx").hasSize(503).endsWith("...");
    }

    @Test
    void givenAMessageOfOneWordOrNone_whenTold_thenTheExceptionIsNamed() {
        assertThat(StartFailure.reasonOf(new NoSuchFileException("routes"))).isEqualTo("NoSuchFileException: routes");
        assertThat(StartFailure.reasonOf(new OutOfMemoryError())).startsWith("OutOfMemoryError");
    }
}
