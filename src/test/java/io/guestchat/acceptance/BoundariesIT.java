package io.guestchat.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import io.guestchat.simulator.CallKind;
import io.guestchat.simulator.Fault;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nothing that comes from outside steers the bridge: neither a producer's record headers nor the platform's answers choose a
 * host, a path, a topic, a key or a method, nor travel on. A second server stands for the host that somebody would like called.
 */
class BoundariesIT {

    /** What the components of Camel 4.17.0 and of its successors obey, in any case, and what a person would not want passed on. */
    private static final List<String> STEERING = List.of("CamelHttpUri", "camelhttpuri", "CAMELHTTPURI", "CamelHttpPath",
            "CamelHttpQuery", "CamelHttpRawQuery", "CamelHttpMethod", "CamelHttpHost", "CamelRestHttpUri", "CamelRestHttpPath",
            "CamelBeanMethodName", "cAmElBeAnMeThOdNaMe", "CamelFileName", "CamelRedeliveryDelay", "CamelToEndpoint",
            "CamelKafkaOverrideTopic", "CamelKafkaTopic", "CamelKafkaKey", "CamelKafkaPartitionKey", "kafka.OVERRIDE_TOPIC",
            "kafka.override_topic", "KAFKA.override_topic", "kafka.TOPIC", "kafka.KEY", "kafka.OVERRIDE_TIMESTAMP",
            "CamelVertxWebsocketSendToAll", "CamelVertxWebsocketConnectionKey", "org.apache.camel.x", "Host", "Cookie",
            "Authorization", "Content-Length", "Transfer-Encoding", "Set-Cookie", "X-Forwarded-Host", "breadcrumbId", "tracestate");
    private static final Set<String> ALLOWED = Set.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject",
            "ce_causationid", "content-type");
    private static final Set<String> OF_DEAD_LETTERS = Set.of("__connect.errors.topic", "__connect.errors.partition",
            "__connect.errors.offset", "__connect.errors.stage", "__connect.errors.exception.class.name",
            "__connect.errors.exception.message", "guestchat.error.code");

    @RegisterExtension
    static final LiveBridge BRIDGE = LiveBridge.with(platform -> platform.assignment(Assignment.MANUAL),
            Map.of("genesys.assignment.poll-after", "200ms", "genesys.retry.max-elapsed", "2s"));

    private static OtherHost otherHost;

    @BeforeAll
    static void listenElsewhere() {
        otherHost = new OtherHost();
    }

    @AfterAll
    static void nobodyCalledElsewhere() {
        assertThat(otherHost.connections()).as("connections to another host").isZero();
        assertThat(BRIDGE.platform().strangeRequests()).as("requests beside the API").isEmpty();
        otherHost.close();
    }

    @AfterEach
    void platformIsWellAgain() {
        BRIDGE.platform().clearFaults();
    }

    @Test
    void givenHeadersThatSteer_whenEachRequestHasThem_thenAllIsAsAlwaysAndNoneTravelsOn() throws Exception {
        // given
        Set<String> topics = topics();
        Header[] steering = STEERING.stream().map(name -> header(name, hostile(name))).toArray(Header[]::new);

        // when
        send("steering", "start", ",\"guest\":{\"displayName\":\"A\"}", steering);
        BRIDGE.outside().awaitEvent("steering", "session-connected");
        String session = BRIDGE.outside().awaitEvent("steering", "session-created").text("webchatSessionId");
        BRIDGE.platform().assign(session);
        BRIDGE.outside().awaitEvent("steering", "conversation-assigned");
        send("steering", "message", ",\"text\":\"Hello\"", steering);
        BRIDGE.outside().awaitAnswer("steering", "message-acknowledged", "message");
        send("steering", "typing", "", steering);
        send("steering", "history", "", steering);
        BRIDGE.outside().awaitAnswer("steering", "history-delivered", "history");
        send("steering", "status", "", steering);
        BRIDGE.outside().awaitAnswer("steering", "session-status", "status");
        send("steering", "nonsense", "", steering);
        BRIDGE.outside().awaitAnswer("steering", "request-failed", "nonsense");
        send("steering", "end", "", steering);
        BRIDGE.outside().awaitAnswer("steering", "chat-ended", "end");

        // then
        assertThat(topics()).isEqualTo(topics);
        assertThat(of("steering")).hasSizeGreaterThan(8).allSatisfy(record -> assertThat(names(record)).isSubsetOf(ALLOWED));
        assertThat(BRIDGE.states("steering")).isNotEmpty().allSatisfy(state -> assertThat(names(state)).isEmpty());
        Received letter = BRIDGE.outside().awaitDeadLetter(dead -> "steering".equals(dead.key()));
        assertThat(names(letter)).containsAll(STEERING).containsAll(OF_DEAD_LETTERS)
                .hasSize(new TreeSet<>(STEERING).size() + OF_DEAD_LETTERS.size());
    }

    @Test
    void givenHeadersThatSteer_whenEachAnswerOfThePlatformHasThem_thenAllIsAsAlwaysAndNoneTravelsOn() throws Exception {
        // given
        Set<String> topics = topics();
        for (CallKind kind : CallKind.values()) {
            Fault answer = Fault.slow(Duration.ZERO);
            for (String name : STEERING) {
                // These two are no lie that HTTP survives: the answer would be another.
                boolean framing = name.equals("Content-Length") || name.equals("Transfer-Encoding");
                answer = framing ? answer : answer.header(name, hostile(name));
            }
            BRIDGE.platform().refuse(kind, 2, answer);
            BRIDGE.platform().refuse(kind, 1, new Fault(Fault.Effect.REFUSE, 403, answer.headers(), "{}", Duration.ZERO));
        }

        // when
        String session = BRIDGE.connect("answers");
        BRIDGE.platform().assign(session);
        BRIDGE.outside().awaitEvent("answers", "conversation-assigned");
        for (int call = 0; call < 4; call++) {
            BRIDGE.outside().request("answers", "s" + call, "status");
            BRIDGE.outside().request("answers", "h" + call, "history");
            BRIDGE.outside().request("answers", "n" + call, "nonsense");
            BRIDGE.outside().awaitAnswer("answers", "request-failed", "n" + call);
        }
        BRIDGE.end("answers");

        // then
        assertThat(topics()).isEqualTo(topics);
        assertThat(BRIDGE.outside().events("answers")).extracting(event -> event.text("error.code")).contains("forbidden");
        assertThat(of("answers")).allSatisfy(record -> assertThat(names(record)).isSubsetOf(ALLOWED));
        assertThat(BRIDGE.outside().history("answers")).isNotEmpty();
        assertThat(BRIDGE.outside().deadLetters()).filteredOn(letter -> "answers".equals(letter.key())).isNotEmpty()
                .allSatisfy(letter -> assertThat(names(letter)).containsExactlyInAnyOrderElementsOf(OF_DEAD_LETTERS));
    }

    @ParameterizedTest
    @CsvSource({"301, SESSION", "307, SESSION", "302, DETAILS", "308, DETAILS", "302, HISTORY", "303, HISTORY"})
    void givenARedirectToAnotherHost_whenTheApiAnswersWithIt_thenItIsNotFollowed(int status, CallKind kind) {
        // given
        String chat = "redirect-" + status + kind;
        if (kind != CallKind.SESSION) {
            String session = BRIDGE.connect(chat);
            BRIDGE.platform().assign(session);
            BRIDGE.outside().awaitEvent(chat, "conversation-assigned");
        }
        BRIDGE.platform().refuse(kind, 1, Fault.refuse(status).header("Location", otherHost.url("http")));

        // when
        if (kind == CallKind.SESSION) {
            BRIDGE.outside().start(chat, "r");
        } else {
            BRIDGE.outside().request(chat, "r", kind == CallKind.DETAILS ? "status" : "history");
        }

        // then
        Received failed = BRIDGE.outside().awaitAnswer(chat, "request-failed", "r");
        assertThat(failed.text("error.code")).isEqualTo("platform-error");
        assertThat(failed.text("error.message")).contains("a redirect, which is not followed").doesNotContain("127.0.0.1");
        assertThat(otherHost.connections()).isZero();
    }

    @Test
    void givenARedirectToAnotherHost_whenAHandshakeAndTheTokenEndpointAnswerWithIt_thenNeitherIsFollowed() {
        // given
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(302).header("Location", otherHost.url("ws")));
        BRIDGE.platform().refuse(CallKind.HANDSHAKE, 1, Fault.refuse(307).header("Location", otherHost.url("http")));
        BRIDGE.connect("redirected-socket");
        BRIDGE.platform().refuse(CallKind.TOKEN, 1, Fault.refuse(307).header("Location", otherHost.url("http")));
        BRIDGE.platform().expireTokens();

        // when
        BRIDGE.outside().request("redirected-socket", "s", "status");

        // then
        await("the token is fetched where it always is").atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGE.platform().faultsLeft(CallKind.TOKEN)).isZero());
        await("ready").atMost(OutsideSystem.PATIENCE).untilAsserted(
                () -> assertThat(BRIDGE.rig().ready().statusCode()).isEqualTo(200));
        assertThat(BRIDGE.platform().faultsLeft(CallKind.HANDSHAKE)).isZero();
        assertThat(otherHost.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../evil", "/evil", "//127.0.0.1:{port}/x", "a/b", "a?b=c", "@127.0.0.1:{port}", "%2f..%2f",
        "a b", "a\\r\\nX-Evil: 1", "a#b", "ä", "http://127.0.0.1:{port}/"})
    void givenASessionIdThatIsNoName_whenASessionIsMade_thenItIsRefused(String id) {
        // given
        String chat = "session-id-" + Integer.toHexString(id.hashCode());
        String hostile = id.replace("{port}", otherHost.port());
        String answer = "{\"id\":\"i\",\"webchatSessionId\":\"" + hostile + "\"}";
        BRIDGE.platform().refuse(CallKind.SESSION, 1, Fault.refuse(200).body(answer));

        // when
        BRIDGE.outside().start(chat, "r");

        // then
        assertThat(BRIDGE.refusal(chat, "r")).isEqualTo("session-refused");
        assertThat(BRIDGE.platform().strangeRequests()).isEmpty();
        assertThat(otherHost.connections()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../evil", "/evil", "//127.0.0.1:{port}/x", "a?b=c&pageNumber=9", "@127.0.0.1:{port}", "%2f..%2f",
        "a b#c", "http://127.0.0.1:{port}/"})
    void givenAConversationIdThatLooksLikeAPath_whenItsHistoryIsAsked_thenItStaysOneSegmentOfOurs(String id) {
        // given
        String chat = "conversation-id-" + Integer.toHexString(id.hashCode());
        String hostile = id.replace("{port}", otherHost.port());
        BRIDGE.connect(chat);
        String answer = "{\"conversationId\":\"" + hostile + "\",\"status\":\"open\"}";
        BRIDGE.platform().refuse(CallKind.DETAILS, 1, Fault.refuse(200).body(answer));
        BRIDGE.outside().awaitEvent(chat, "conversation-assigned");
        long before = BRIDGE.platform().counts().of(CallKind.HISTORY, 404);

        // when
        BRIDGE.outside().request(chat, "h", "history");

        // then
        assertThat(BRIDGE.refusal(chat, "h")).isEqualTo("not-found");
        assertThat(BRIDGE.platform().counts().of(CallKind.HISTORY, 404)).isGreaterThan(before);
        assertThat(BRIDGE.platform().strangeRequests()).isEmpty();
        assertThat(otherHost.connections()).isZero();
        BRIDGE.end(chat);
    }

    @Test
    void givenATraceparentThatIsNone_whenARequestHasIt_thenItDoesNotTravelOn() {
        for (String garbage : List.of("garbage", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\r\nevil: 1",
                "0".repeat(10_000), "")) {
            // when
            String id = "t" + garbage.length();
            send("untraceable", "status", ",\"id\":\"" + id + "\"", header("traceparent", garbage));

            // then
            assertThat(BRIDGE.outside().awaitAnswer("untraceable", "request-failed", id).header("traceparent")).isNull();
        }
    }

    /** What would do harm where the header of that name were obeyed. */
    private static String hostile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("topic")) {
            return "evil-topic";
        }
        if (lower.contains("uri") || lower.contains("host") || lower.contains("endpoint")) {
            return otherHost.url("http");
        }
        return lower.contains("content-length") ? "7" : lower.contains("method") ? "through" : "evil";
    }

    private static List<Received> of(String chat) {
        return BRIDGE.outside().all().stream().filter(record -> chat.equals(record.key()))
                .filter(record -> !record.raw().topic().equals(BRIDGE.topics().deadLetters())).toList();
    }

    private static Set<String> names(Received record) {
        return StreamSupport.stream(record.raw().headers().spliterator(), false).map(Header::key)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> topics() throws ExecutionException, InterruptedException {
        String brokers = BRIDGE.rig().kafka().bootstrapServers();
        String ours = BRIDGE.topics().requests().split("\\.")[0];
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, brokers))) {
            Set<String> names = new TreeSet<>(admin.listTopics().names().get());
            // Those of other tests come and go.
            names.removeIf(name -> name.matches("t[0-9a-f]{8}\\..*") && !name.startsWith(ours));
            return names;
        }
    }

    private static void send(String chat, String type, String more, Header... headers) {
        String id = more.contains("\"id\"") ? "" : ",\"id\":\"" + type + "\"";
        BRIDGE.outside().send(new ProducerRecord<>(BRIDGE.topics().requests(), null, chat.getBytes(UTF_8),
                ("{\"type\":\"" + type + "\"" + id + more + "}").getBytes(UTF_8), List.of(headers)));
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(UTF_8));
    }

    /** Counts who calls. */
    private static final class OtherHost implements AutoCloseable {

        private final ServerSocket listener;
        private final AtomicInteger connections = new AtomicInteger();

        OtherHost() {
            try {
                listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            } catch (IOException noPort) {
                throw new UncheckedIOException(noPort);
            }
            Thread accepting = new Thread(this::accept, "other-host");
            accepting.setDaemon(true);
            accepting.start();
        }

        private void accept() {
            try {
                while (true) {
                    listener.accept().close();
                    connections.incrementAndGet();
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        String url(String scheme) {
            return scheme + "://127.0.0.1:" + port() + "/evil";
        }

        String port() {
            return Integer.toString(listener.getLocalPort());
        }

        int connections() {
            return connections.get();
        }

        @Override
        public void close() {
            try {
                listener.close();
            } catch (IOException alreadyGone) {
                throw new UncheckedIOException(alreadyGone);
            }
        }
    }
}
