package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.Appender;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The log's configuration as it is in production; the tests themselves run with a quieter one. */
class LoggingTest {

    private static final List<String> PROPERTIES =
            List.of("guestchat.log.level", "guestchat.log.format", "guestchat.log.target", "guestchat.log.kafka");

    private final LoggerContext context = new LoggerContext("production");
    private Configuration configuration;

    @BeforeEach
    void read() throws Exception {
        URI production = LoggingTest.class.getResource("/log4j2.xml").toURI();
        configuration = ConfigurationFactory.getInstance().getConfiguration(context, "production", production);
        configuration.initialize();
    }

    @AfterEach
    void close() {
        context.close();
        PROPERTIES.forEach(System::clearProperty);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers",
        "io.netty.handler.logging.LoggingHandler", "io.netty.handler.codec.http.websocketx.WebSocket08FrameDecoder",
        "org.apache.kafka.common.network.Selector"})
    void givenALoggerOfWiresOrHeaders_whenAsked_thenItIsOff(String name) {
        assertThat(level(name)).isEqualTo(Level.OFF);
    }

    @Test
    void givenALibrary_whenAsked_thenItDoesNotDebug() {
        assertThat(level("org.apache.camel.impl")).isEqualTo(Level.INFO);
        assertThat(level("org.apache.kafka.clients")).isEqualTo(Level.WARN);
    }

    @Test
    void givenATool_whenTheLogIsSetUp_thenOnlyWhatIsWrongIsSaidAndNotOnTheStandardOutput() throws Exception {
        Logging.setUpForTools();
        read();

        assertThat(level("io.guestchat")).isEqualTo(Level.WARN);
        assertThat(level("org.apache.kafka.clients")).isEqualTo(Level.ERROR);
        // Behind UNQUOTED, the one appender of the root (UnquotedExceptionsTest).
        assertThat((Appender) configuration.getAppender("TEXT")).isInstanceOfSatisfying(ConsoleAppender.class,
                console -> assertThat(console.getTarget()).isEqualTo(ConsoleAppender.Target.SYSTEM_ERR));
    }

    private Level level(String logger) {
        return configuration.getLoggerConfig(logger).getLevel();
    }
}
