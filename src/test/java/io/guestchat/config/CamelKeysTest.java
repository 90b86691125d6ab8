package io.guestchat.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.BeanInject;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.test.main.junit5.CamelMainTest;
import org.junit.jupiter.api.Test;

/**
 * The keys of Camel's own in the root's application.properties: camel-main refuses one that it does not know, and so the start
 * fails.
 */
@CamelMainTest(propertyPlaceholderLocations = "file:application.properties",
        properties = {"camel.main.routes-include-pattern=file:src/test/resources/*.camel.yaml", "camel.management.port=0"})
class CamelKeysTest {

    @BeanInject
    private CamelContext context;

    @Test
    void givenTheReference_whenCamelReadsIt_thenWhatItSaysHolds() {
        assertThat(context.getName()).isEqualTo("guestchat-bridge");
        assertThat(context.isStreamCaching()).isFalse();
        assertThat(context.isMessageHistory()).isFalse();
        assertThat(context.getShutdownStrategy().getTimeout()).isEqualTo(30);
        assertThat(context.getComponent("kafka", KafkaComponent.class).getConfiguration().getRequestRequiredAcks()).isEqualTo("all");
    }
}
