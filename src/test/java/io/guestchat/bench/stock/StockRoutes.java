package io.guestchat.bench.stock;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.guestchat.bench.bare.BareOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;

/**
 * Requests from Kafka; a start calls the platform and adds a route that consumes the session's socket; a text goes to that
 * route's endpoint. Every option that is not needed is Camel's default.
 */
final class StockRoutes extends RouteBuilder {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SOCKET = "socket";

    private final BareOptions options;
    private final String token;
    private final Map<String, String> sockets = new ConcurrentHashMap<>();

    StockRoutes(BareOptions options, String token) {
        this.options = options;
        this.token = token;
    }

    @Override
    public void configure() {
        from(kafka(options.requests()) + "&autoOffsetReset=earliest&groupId=" + options.group())
                .setProperty("chat", header(KafkaConstants.KEY)).process(exchange -> {
                    JsonNode request = JSON.readTree(exchange.getMessage().getBody(String.class));
                    exchange.setProperty("type", request.path("type").asText());
                    exchange.setProperty("request", request);
                })
                .removeHeaders("*")
                .choice()
                    .when(exchangeProperty("type").isEqualTo("start")).to("direct:start")
                    .when(exchangeProperty("type").isEqualTo("message")).to("direct:text");

        from("direct:start")
                .process(exchange -> exchange.getMessage().setBody("{\"language\":\"en-US\",\"displayName\":\""
                        + request(exchange).at("/guest/displayName").asText() + "\"}"))
                .setHeader("Authorization", constant("Bearer " + token))
                .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                .to(options.url() + "/api/v2/webchat/guests/sessions?httpMethod=POST")
                .process(this::addSocketRoute)
                .removeHeaders("*")
                .setHeader(KafkaConstants.KEY, exchangeProperty("chat"))
                .setHeader("ce_type", constant("io.guestchat.session-created.v1"))
                .setBody(constant("{\"type\":\"session-created\"}"))
                .to(kafka(options.events()));

        from("direct:text")
                .process(exchange -> {
                    exchange.setProperty(SOCKET, sockets.get(chat(exchange)));
                    exchange.getMessage().setBody(JsonNodeFactory.instance.objectNode().put("type", "text")
                            .put("text", request(exchange).path("text").asText()).put("messageDirection", "inbound").toString());
                })
                .toD("${exchangeProperty." + SOCKET + "}");
    }

    private String kafka(String topic) {
        return "kafka:" + topic + "?brokers=" + options.brokers();
    }

    private static String chat(Exchange exchange) {
        return exchange.getProperty("chat", String.class);
    }

    private static JsonNode request(Exchange exchange) {
        return exchange.getProperty("request", JsonNode.class);
    }

    private void addSocketRoute(Exchange exchange) throws Exception {
        String session = JSON.readTree(exchange.getMessage().getBody(String.class)).path("webchatSessionId").asText();
        String chat = chat(exchange);
        String socket = "vertx-websocket:" + options.sockets().getHost() + ":" + options.sockets().getPort()
                + "/webchat/v1/guests/sessions/" + session + "?consumeAsClient=true"
                + "&handshake.Authorization=RAW(Bearer " + token + ")";
        sockets.put(chat, socket);
        exchange.getContext().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(socket).routeId(chat)
                        .filter(frame -> isText(frame.getMessage().getBody(String.class)))
                        .setHeader(KafkaConstants.KEY, constant(chat))
                        .to(kafka(options.messages()));
            }
        });
    }

    private static boolean isText(String frame) {
        try {
            return JSON.readTree(frame).path("type").asText().equals("text");
        } catch (IOException notJson) {
            return false;
        }
    }
}
