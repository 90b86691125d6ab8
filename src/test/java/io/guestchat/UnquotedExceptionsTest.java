package io.guestchat;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.net.URI;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.rewrite.RewriteAppender;
import org.apache.logging.log4j.core.config.AppenderRef;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The production log, given exceptions that quote what was said. */
class UnquotedExceptionsTest {

    private static final String TEXT = "my card is 4929";

    @ParameterizedTest
    @ValueSource(strings = {"TEXT", "JSON"})
    void givenExceptionsThatQuote_whenLogged_thenTheirClassesAndStacksAreShownAndNotTheirWords(String format) throws Exception {
        // given
        Exchange exchange = new DefaultExchange(new DefaultCamelContext());
        exchange.getMessage().setBody(TEXT);
        IllegalStateException quoting = new IllegalStateException("cannot bear " + TEXT,
                new CamelExecutionException("at " + TEXT, exchange, new InvalidPayloadException(exchange, Integer.class)));
        quoting.addSuppressed(new RuntimeException(TEXT));

        // when
        String printed = logged(format, quoting);

        // then
        assertThat(printed).doesNotContain("4929").contains("something failed", "java.lang.IllegalStateException",
                "org.apache.camel.CamelExecutionException", "org.apache.camel.InvalidPayloadException",
                "Suppressed: java.lang.RuntimeException", "UnquotedExceptionsTest.givenExceptionsThatQuote");
        assertThat(printed).doesNotContain("UnquotedException:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEXT", "JSON"})
    void givenExceptionsOfKafkaAndTheNetwork_whenLogged_thenTheirWordsStay(String format) throws Exception {
        // given
        Exception away = new TimeoutException("Topic x not present", new ConnectException("refused by 10.0.0.1"));

        // when
        String printed = logged(format, away);

        // then
        assertThat(printed).contains("TimeoutException: Topic x not present", "ConnectException: refused by 10.0.0.1");
    }

    @Test
    void givenCausesInACircle_whenLogged_thenItEnds() throws Exception {
        // given
        Exception first = new Exception();
        first.initCause(new Exception(first));

        // when
        String printed = logged("TEXT", first);

        // then
        assertThat(printed).contains("Caused by: java.lang.Exception");
    }

    /** What the production configuration would print: its consoles are shared by the JVM, so their layouts are asked. */
    private static String logged(String format, Throwable thrown) throws Exception {
        System.setProperty("guestchat.log.format", format);
        try (LoggerContext context = new LoggerContext("unquoted")) {
            URI production = UnquotedExceptionsTest.class.getResource("/log4j2.xml").toURI();
            Configuration configuration = ConfigurationFactory.getInstance().getConfiguration(context, "unquoted", production);
            configuration.initialize();
            LoggerConfig ours = configuration.getLoggerConfig("io.guestchat.flow.Flows");
            assertThat(configuration.getRootLogger().getAppenderRefs()).extracting(AppenderRef::getRef).containsExactly("UNQUOTED");
            assertThat(ours.getAppenderRefs()).isEmpty();
            assertThat(configuration.getAppenders().get("UNQUOTED")).isInstanceOf(RewriteAppender.class);
            LogEvent event = Log4jLogEvent.newBuilder().setLoggerName(ours.getName()).setLevel(Level.ERROR).setThrown(thrown)
                    .setMessage(new SimpleMessage("something failed")).build();
            return (String) configuration.getAppender(format).getLayout().toSerializable(UnquotedExceptions.create().rewrite(event));
        } finally {
            System.clearProperty("guestchat.log.format");
        }
    }
}
