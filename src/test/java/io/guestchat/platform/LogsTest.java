package io.guestchat.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.guestchat.dialect.PlatformCall.Kind;
import io.guestchat.platform.Loopback.Answer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class LogsTest {

    private static final class Capture extends AbstractAppender {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        private Capture() {
            super("capture", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getLoggerName() + " " + event.getMessage().getFormattedMessage() + " " + event.getThrown());
        }
    }

    @Test
    void givenCamelAndOursAtTrace_whenCallsSucceedAndFail_thenNoTokenNoSecretAndNoGuestIsLogged() throws Exception {
        LoggerContext log = (LoggerContext) LogManager.getContext(false);
        Capture capture = new Capture();
        capture.start();
        for (String name : new String[] {"org.apache.camel", "io.guestchat"}) {
            LoggerConfig logger = new LoggerConfig(name, Level.TRACE, false);
            logger.addAppender(capture, Level.TRACE, null);
            log.getConfiguration().addLogger(name, logger);
        }
        log.updateLoggers();
        try (Loopback platform = new Loopback(); Routes routes = new Routes(platform.url(), Duration.ofMillis(300))) {
            for (int status : new int[] {200, 401, 403, 503}) {
                platform.otherwise = request -> Answer.of(status, "{\"message\":\"SECRET-BODY\"}");
                routes.send(Kind.CREATE_SESSION);
                routes.send(Kind.HISTORY);
            }
            platform.nextTokens.add(Answer.of(200, "{\"access_token\":\"SECRET x\"}"));
            routes.send(Kind.HISTORY);
        } finally {
            log.getConfiguration().removeLogger("org.apache.camel");
            log.getConfiguration().removeLogger("io.guestchat");
            log.updateLoggers();
        }

        assertThat(capture.lines).as("was captured").anyMatch(line -> line.contains("Executing http POST"));
        assertThat(capture.lines).noneMatch(line -> line.contains("SECRET-1") || line.contains("SECRET-2")
                || line.contains("SECRET-3") || line.contains("SECRET x"));
        assertThat(capture.lines).noneMatch(line -> line.contains("hush") || line.contains("Y2xpZW50Omh1c2g"));
        assertThat(capture.lines).noneMatch(line -> line.contains("Ann Lee"));
    }
}
