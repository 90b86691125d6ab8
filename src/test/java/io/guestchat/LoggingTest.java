package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LoggingTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers",
        "io.netty.handler.logging.LoggingHandler", "io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder",
        "org.apache.kafka.common.network.Selector"})
    void givenALoggerOfWiresOrHeaders_whenAsked_thenItIsOff(String name) {
        assertThat(LoggerFactory.getLogger(name).isErrorEnabled()).isFalse();
    }

    @Test
    void givenALibrary_whenAsked_thenItDoesNotDebug() {
        assertThat(LoggerFactory.getLogger("org.apache.camel.impl").isInfoEnabled()).isTrue();
        assertThat(LoggerFactory.getLogger("org.apache.camel.impl").isDebugEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("org.apache.kafka.clients").isInfoEnabled()).isFalse();
    }
}
