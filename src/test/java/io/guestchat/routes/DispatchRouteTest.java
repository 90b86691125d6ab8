package io.guestchat.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.test.junit5.CamelContextConfiguration;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The route that hands a request on, by itself: the routes that it calls are mocks. */
class DispatchRouteTest extends CamelTestSupport {

    @Override
    public void configureContext(CamelContextConfiguration configuration) {
        super.configureContext(configuration);
        Properties properties = new Properties();
        properties.setProperty("topics.requests", "requests");
        properties.setProperty("kafka.group-id", "group");
        configuration.withUseOverridePropertiesWithPropertiesComponent(properties);
    }

    @BeforeEach
    void loadTheRoute() throws Exception {
        for (String bean : new String[] {"requests", "refusals", "requestIntake"}) {
            context.getRegistry().bind(bean, new Steps());
        }
        PluginHelper.getRoutesLoader(context).loadRoutes(PluginHelper.getResourceLoader(context)
                .resolveResource("file:" + Path.of("routes", "requests.camel.yaml").toAbsolutePath()));
        AdviceWith.adviceWith(context, "dispatch", route -> {
            for (String type : new String[] {"start", "message", "typing", "history", "status", "end"}) {
                route.weaveByToUri("direct:" + type).replace().to("mock:" + type);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "message", "typing", "history", "status", "end"})
    void givenARequestOfAType_whenItIsDispatched_thenTheRouteOfThatTypeAloneHasIt(String type) throws Exception {
        // given
        MockEndpoint own = getMockEndpoint("mock:" + type);
        own.expectedBodiesReceived("request");

        // when
        template.sendBodyAndProperty("direct:dispatch", "request", "requestType", type);

        // then
        own.assertIsSatisfied();
        assertThat(context.getEndpoints()).filteredOn(MockEndpoint.class::isInstance)
                .map(endpoint -> ((MockEndpoint) endpoint).getReceivedCounter()).as("one of all").containsOnlyOnce(1);
    }

    @Test
    void givenATypeThatThereIsNot_whenItIsDispatched_thenNoRouteHasIt() {
        template.sendBodyAndProperty("direct:dispatch", "request", "requestType", "dance");

        assertThat(context.getEndpoints()).filteredOn(MockEndpoint.class::isInstance)
                .map(endpoint -> ((MockEndpoint) endpoint).getReceivedCounter()).containsOnly(0);
    }

    /** Stands for the beans of the other routes in the file, which are not run. */
    public static final class Steps {

        public void accept(Exchange exchange) {
            throw new IllegalStateException("not this route");
        }

        public void recognise(Exchange exchange) {
            accept(exchange);
        }

        public void doneBefore(Exchange exchange) {
            accept(exchange);
        }

        public void read(Exchange exchange) {
            accept(exchange);
        }

        public void through(Exchange exchange) {
            accept(exchange);
        }

        public void refused(Exchange exchange) {
            accept(exchange);
        }
    }
}
