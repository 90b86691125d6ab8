package io.guestchat.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.vertx.core.http.ServerWebSocket;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Service;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionWebsocketComponentTest {

    private final SocketBed bed = new SocketBed(SocketOptions.defaults()
            .withTimeouts(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(1)));
    private final Recorder recorder = new Recorder();

    @AfterEach
    void close() {
        bed.close();
    }

    @Test
    void givenOpenSockets_whenTheContextStops_thenTheyCloseWith1001AndNoneOpensAgain() {
        List<ServerWebSocket> peers = new CopyOnWriteArrayList<>();
        int port = bed.serve(peers::add);
        List<Recorder> recorders = Stream.generate(Recorder::new).limit(50).toList();
        List<SessionSocket> sockets = recorders.stream().map(each -> bed.open(port, each)).toList();
        await().until(() -> sockets.stream().allMatch(SessionSocket::isOpen));

        bed.camel.stop();

        await().until(() -> bed.connected.isEmpty());
        assertThat(peers).hasSize(50).allMatch(peer -> peer.closeStatusCode() == 1001);
        assertThat(recorders).allSatisfy(
                each -> assertThat(each.events()).containsExactly("opened", "closed 1001 going away asked"));
        assertThatThrownBy(() -> bed.open(port, recorder)).isInstanceOf(IllegalStateException.class);
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void givenAHandshakeUnderWay_whenTheContextStops_thenItIsCancelledAndTheConnectionGoes() {
        int port = bed.serveRaw(socket -> {
        });
        bed.open(port, recorder);
        await().until(() -> !bed.connected.isEmpty());

        bed.camel.stop();

        await().until(() -> bed.connected.isEmpty());
        assertThat(recorder.events()).containsExactly("refused null null CancellationException");
    }

    @Test
    void givenTwoThousandSessions_whenTheyHaveClosed_thenNothingIsLeftOfThem() {
        int port = bed.serve(socket -> socket.writeTextMessage("hello"));
        var factories = bed.camel.getCamelContextExtension().getExchangeFactoryManager();
        SessionSocket warm = bed.open(port, recorder);
        await().until(warm::isOpen);
        warm.close(1000, null);
        await().until(() -> bed.component.sockets() == 0);
        int endpoints = bed.camel.getEndpoints().size();
        int consumers = factories.getConsumerCounter();
        int threads = Thread.activeCount();

        List<Recorder> recorders = Stream.generate(Recorder::new).limit(2000).toList();
        List<SessionSocket> sockets = recorders.stream().map(each -> bed.open(port, each)).toList();
        await().atMost(Duration.ofSeconds(60)).until(() -> recorders.stream().allMatch(each -> each.texts().size() == 1));
        assertThat(Thread.activeCount()).as("threads with 2000 sockets").isLessThanOrEqualTo(threads + 4);
        assertThat(bed.camel.getEndpoints()).hasSize(endpoints);
        sockets.forEach(socket -> socket.close(1000, "end"));

        await().atMost(Duration.ofSeconds(60)).until(() -> bed.component.sockets() == 0 && bed.connected.isEmpty());
        await().until(() -> factories.getConsumerCounter() == consumers);
        assertThat(bed.camel.getEndpoints()).hasSize(endpoints);
        assertThat(recorders).allSatisfy(
                each -> assertThat(each.events()).containsExactly("opened", "text hello", "closed 1000 end asked"));
    }

    @Test
    void givenAProcessorThatIsAService_whenOneSessionEnds_thenItIsNotStoppedForTheOthers() {
        AtomicBoolean stopped = new AtomicBoolean();
        class Route extends AsyncProcessorSupport implements Service {
            @Override
            public boolean process(Exchange exchange, AsyncCallback callback) {
                return recorder.process(exchange, callback);
            }

            @Override
            public void start() {
            }

            @Override
            public void stop() {
                stopped.set(true);
            }
        }
        int port = bed.serve(socket -> socket.writeTextMessage("hello"));
        SessionSocket socket = bed.component.open("ws://localhost:" + port + "/", SocketBed.AUTHORIZATION, new Route(), recorder);
        await().until(() -> recorder.texts().size() == 1);

        socket.close(1000, null);

        await().until(() -> bed.component.sockets() == 0);
        assertThat(recorder.events()).endsWith("closed 1000 null asked");
        assertThat(stopped).isFalse();
    }

    @Test
    void givenAUriThatIsNoClient_whenAConsumerIsMade_thenItFailsLoudly() {
        Endpoint server = bed.camel.getEndpoint("vertx-websocket:localhost:0/chat");

        assertThatThrownBy(() -> server.createConsumer(recorder)).hasMessageContaining("consumeAsClient=true");
        assertThatThrownBy(() -> bed.component.connectConsumer(null)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void givenALiveSocket_whenItsEndpointsProducerSends_thenItGoesOutThereAndAfterTheEndFails() throws Exception {
        List<String> received = new CopyOnWriteArrayList<>();
        List<ServerWebSocket> peers = new CopyOnWriteArrayList<>();
        int port = bed.serve(peer -> {
            peers.add(peer);
            peer.textMessageHandler(received::add);
        });
        SessionWebsocketEndpoint endpoint = (SessionWebsocketEndpoint) bed.camel
                .getEndpoint("vertx-websocket:ws://localhost:" + port + "/chat?consumeAsClient=true");
        var consumer = endpoint.createConsumer(recorder);
        consumer.start();
        var template = bed.camel.createProducerTemplate();
        await().until(() -> ((SessionWebsocketConsumer) consumer).socket().isOpen());

        template.sendBody(endpoint, "to the peer");
        await().until(() -> received.equals(List.of("to the peer")));
        assertThat(endpoint.getWebSocket(new DefaultExchange(bed.camel)).isClosed()).isFalse();
        consumer.stop();

        await().until(() -> peers.get(0).isClosed() && bed.component.sockets() == 0);
        assertThat(peers.get(0).closeStatusCode()).isEqualTo((short) 1001);
        assertThat(template.send(endpoint, exchange -> exchange.getIn().setBody("too late")).getException())
                .isInstanceOf(SocketClosedException.class);
        assertThatThrownBy(() -> endpoint.getWebSocket(new DefaultExchange(bed.camel))).isInstanceOf(SocketClosedException.class);
        assertThat(peers).hasSize(1);
    }

    @Test
    void givenARouteThatConsumes_whenItStopsAndStarts_thenEachStartIsASocketOfItsOwn() throws Exception {
        List<ServerWebSocket> peers = new CopyOnWriteArrayList<>();
        int port = bed.serve(peer -> {
            peers.add(peer);
            peer.writeTextMessage("hello " + peers.size());
        });
        bed.camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("vertx-websocket:ws://localhost:" + port + "/chat?consumeAsClient=true&handshake.Authorization=Bearer")
                        .id("chat").process(recorder);
            }
        });
        await().until(() -> recorder.texts().size() == 1);

        bed.camel.getRouteController().stopRoute("chat");
        await().until(() -> peers.get(0).isClosed());
        bed.camel.getRouteController().startRoute("chat");

        await().until(() -> recorder.texts().equals(List.of("hello 1", "hello 2")));
        assertThat(peers.get(1).headers().get("Authorization")).isEqualTo("Bearer");
    }

    @Test
    void givenAPooledExchangeFactory_whenFramesCome_thenEachIsReleased() throws Exception {
        try (DefaultCamelContext pooling = new DefaultCamelContext()) {
            PooledExchangeFactory pool = new PooledExchangeFactory();
            pool.setStatisticsEnabled(true);
            pooling.getCamelContextExtension().setExchangeFactory(pool);
            SessionWebsocketComponent component = new SessionWebsocketComponent(SocketOptions.defaults(), bed.workers);
            pooling.getRegistry().bind("vertx-websocket", component);
            pooling.getComponent("vertx-websocket");
            pooling.start();
            int port = bed.serve(peer -> Stream.of("a", "b", "c").forEach(peer::writeTextMessage));

            component.open("ws://localhost:" + port + "/", SocketBed.AUTHORIZATION, recorder, recorder);

            await().until(() -> recorder.texts().equals(List.of("a", "b", "c")));
            var statistics = pooling.getCamelContextExtension().getExchangeFactoryManager().getStatistics();
            await().until(() -> statistics.getReleasedCounter() == 3);
        }
    }

    @Test
    void givenAnOpenSocket_whenItIsShown_thenTheTokenIsNot() throws Exception {
        int port = bed.serve(peer -> {
        });
        LiveSocket socket = (LiveSocket) bed.open(port, recorder);
        await().until(socket::isOpen);
        Endpoint endpoint = socket.endpoint();

        assertThat(Stream.of(endpoint.getEndpointUri(), endpoint.toString(), socket.toString(),
                ((SessionWebsocketEndpoint) endpoint).getConfiguration().getWebsocketURI().toString(),
                String.valueOf(((SessionWebsocketEndpoint) endpoint).getConfiguration().getHandshakeHeaders())))
                .noneMatch(shown -> shown.contains("s3cr3t"));
        assertThat(bed.camel.hasEndpoint(endpoint.getEndpointUri())).isNull();
    }
}
