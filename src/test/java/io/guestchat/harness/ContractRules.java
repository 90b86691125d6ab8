package io.guestchat.harness;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.guestchat.contract.ChatId;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.header.Header;

/**
 * What the contract says of every record and every request. To be asked when no chat is live any more, as then all outcomes
 * are there. What was published twice, as after a crash, counts once, by its id.
 */
public final class ContractRules {

    private static final String ISO_MILLISECONDS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final Set<String> REQUIRED = Set.of("ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject",
            "content-type");

    private final OutsideSystem outside;

    private ContractRules(OutsideSystem outside) {
        this.outside = outside;
    }

    public static ContractRules of(OutsideSystem outside) {
        return new ContractRules(outside);
    }

    public void check() {
        await("an outcome for each request").atMost(OutsideSystem.PATIENCE).untilAsserted(this::eachRequestHasOneOutcome);
        published().forEach(ContractRules::isCloudEvent);
        everyRefusalIsADeadLetter();
        oneChatStaysOnOnePartition();
        byChat().values().forEach(ContractRules::lifecycleIsInOrder);
        messagesAreNumbered();
    }

    private List<Received> published() {
        return outside.all().stream().filter(record -> !isDeadLetter(record)).toList();
    }

    private boolean isDeadLetter(Received record) {
        return record.raw().topic().equals(outside.topics().deadLetters());
    }

    private List<Received> events() {
        List<Received> events = published().stream()
                .filter(record -> record.raw().topic().equals(outside.topics().events())).toList();
        return List.copyOf(once(events));
    }

    private Map<String, List<Received>> byChat() {
        return events().stream().collect(groupingBy(Received::key));
    }

    private static Collection<Received> once(List<Received> records) {
        Set<String> seen = new HashSet<>();
        return records.stream().filter(record -> seen.add(record.text("id"))).toList();
    }

    /** "Every request other than typing has exactly one outcome." The outcome of an end is the chat's. */
    private void eachRequestHasOneOutcome() {
        List<Received> events = events();
        Map<String, List<String>> answers = answers(events);
        for (Sent request : outside.sent()) {
            List<String> outcomes = outcomes(request, answers);
            if (ChatId.read(request.request().key()).isEmpty()) {
                assertThat(deadLetters(request)).as("dead letters of %s", request).hasSize(1);
                assertThat(outcomes).as("outcomes of %s", request).isEmpty();
            } else if ("typing".equals(request.text("type"))) {
                assertThat(outcomes).as("outcomes of %s", request).hasSizeLessThanOrEqualTo(1).allMatch("request-failed"::equals);
            } else if (!"end".equals(request.text("type"))) {
                assertThat(outcomes).as("outcomes of %s", request).isNotEmpty();
                boolean unknownDelivery = outcomes.equals(List.of("message-sent", "request-failed"))
                        && error(request, events).equals("delivery-unknown");
                assertThat(outcomes.size() == 1 || unknownDelivery).as("one outcome of %s: %s", request, outcomes).isTrue();
            }
        }
        eachEndHasOneOutcome(events, answers);
    }

    private void eachEndHasOneOutcome(List<Received> events, Map<String, List<String>> answers) {
        Map<List<String>, List<Sent>> ends = outside.sent().stream()
                .filter(request -> "end".equals(request.text("type")) && ChatId.read(request.request().key()).isPresent())
                .collect(groupingBy(request -> Arrays.asList(request.key(), request.text("id"))));
        List<Received> over = events.stream().filter(event -> event.type().equals("chat-ended")).toList();
        ends.forEach((who, requests) -> {
            long refused = requests.stream().mapToLong(request -> outcomes(request, answers).size()).sum();
            long ended = over.stream().filter(event -> event.key().equals(who.get(0))
                    && "requested".equals(event.text("reason")) && Objects.equals(event.text("requestId"), who.get(1))).count();
            assertThat(refused + ended).as("outcomes of %s", requests).isEqualTo(requests.size());
        });
    }

    /** The types of what answers requests, by the request's position, which their ids begin with. */
    private static Map<String, List<String>> answers(List<Received> events) {
        Map<String, List<String>> answers = new HashMap<>();
        for (Received event : events) {
            String id = event.text("id");
            answers.computeIfAbsent(id.substring(0, id.lastIndexOf('/')), position -> new ArrayList<>()).add(event.type());
        }
        return answers;
    }

    /** Without the acknowledgement that may follow. */
    private static List<String> outcomes(Sent request, Map<String, List<String>> answers) {
        return answers.getOrDefault(request.position(), List.of()).stream()
                .filter(type -> !type.equals("message-acknowledged")).toList();
    }

    private static String error(Sent request, List<Received> events) {
        return events.stream().filter(event -> event.text("id").equals(request.position() + "/request-failed")).findFirst()
                .map(event -> event.text("error.code")).orElse("none");
    }

    private List<Received> deadLetters(Sent request) {
        return outside.deadLetters().stream().filter(letter -> origin(letter).equals(request.position())).toList();
    }

    private static String origin(Received letter) {
        return letter.header("__connect.errors.topic") + "/" + letter.header("__connect.errors.partition") + "/"
                + letter.header("__connect.errors.offset");
    }

    /** "Every request-failed has a dead letter with the same code", and a valid key hears of each dead letter. */
    private void everyRefusalIsADeadLetter() {
        Map<String, String> refused = events().stream().filter(event -> event.type().equals("request-failed"))
                .collect(toMap(event -> event.text("id"), event -> event.text("error.code")));
        Map<String, String> letters = outside.deadLetters().stream()
                .filter(letter -> ChatId.read(letter.raw().key()).isPresent())
                .collect(toMap(letter -> origin(letter) + "/request-failed", letter -> letter.header("guestchat.error.code"),
                        (first, again) -> first));
        assertThat(letters).as("dead letters, by the id of their event").isEqualTo(refused);
    }

    private static void isCloudEvent(Received record) {
        Map<String, String> headers = StreamSupport.stream(record.raw().headers().spliterator(), false)
                .collect(toMap(Header::key, header -> record.header(header.key())));
        assertThat(headers).as("headers of %s", record).containsKeys(REQUIRED.toArray(String[]::new));
        Set<String> others = new HashSet<>(headers.keySet());
        others.removeAll(REQUIRED);
        assertThat(others).as("further headers of %s", record).isSubsetOf("ce_causationid", "traceparent");
        assertThat(headers).as("headers of %s", record).containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_id", record.text("id")).containsEntry("ce_subject", record.key())
                .containsEntry("content-type", "application/json");
        assertThat(URI.create(headers.get("ce_source")).toString()).as("source of %s", record).isNotEmpty();
        assertThat(headers.get("ce_type")).as("type of %s", record).matches("io\\.guestchat\\.[a-z-]+\\.v1");
        assertThat(headers.get("ce_time")).as("time of %s", record).matches(ISO_MILLISECONDS);
        assertThat(headers.get("ce_causationid")).as("causation of %s", record).isEqualTo(record.text("requestId"));
        assertThat(record.text("chatId")).as("chatId of %s", record).isEqualTo(record.key());
        if (record.text("at") != null) {
            assertThat(record.text("at")).as("at of %s", record).matches(ISO_MILLISECONDS);
        }
    }

    private void oneChatStaysOnOnePartition() {
        Map<List<String>, Set<Integer>> partitions = new HashMap<>();
        published().forEach(record -> partitions
                .computeIfAbsent(List.of(record.raw().topic(), record.key()), chat -> new HashSet<>())
                .add(record.raw().partition()));
        assertThat(partitions).allSatisfy((chat, used) -> assertThat(used).as("partitions of %s", chat).hasSize(1));
    }

    /** One creation, at most one assignment, one end per session; the end is the last of it. */
    private static void lifecycleIsInOrder(List<Received> events) {
        String session = null;
        List<String> told = new ArrayList<>();
        List<String> acknowledgeable = new ArrayList<>();
        for (Received event : events) {
            String type = event.type();
            switch (type) {
                case "session-created" -> {
                    if (session == null) {
                        told.clear();
                        session = event.text("webchatSessionId");
                    }
                    assertThat(event.text("webchatSessionId")).as("the session of %s", event).isEqualTo(session);
                }
                case "session-connected" -> assertThat(told).as("before %s", event).isEmpty();
                case "conversation-assigned" -> assertThat(told).as("before %s", event).contains("session-connected")
                        .doesNotContain("conversation-assigned");
                case "message-sent" -> {
                    assertThat(told).as("before %s", event).contains("conversation-assigned");
                    acknowledgeable.add(event.text("id").replace("/message-sent", ""));
                }
                case "message-acknowledged" -> assertThat(acknowledgeable).as("sent before %s", event)
                        .contains(event.text("id").replace("/message-acknowledged", ""));
                default -> { }
            }
            if (!type.equals("request-failed") && !type.equals("session-status") && !type.equals("history-delivered")) {
                assertThat(session).as("a live session at %s", event).isNotNull();
                if (event.text("webchatSessionId") != null) {
                    assertThat(event.text("webchatSessionId")).as("the session of %s", event).isEqualTo(session);
                }
            }
            // A status may be asked for before the first socket is open: it says so then (connected).
            if (!type.equals("session-created") && !type.equals("request-failed") && !type.equals("session-status")) {
                told.add(type);
            }
            if (type.equals("chat-ended")) {
                session = null;
            }
        }
        assertThat(session).as("a session without its end among %s", events).isNull();
    }

    /** Numbered from 1 without gaps, in order; the same id is the same record. */
    private void messagesAreNumbered() {
        Map<String, List<Received>> bySession = published().stream()
                .filter(record -> record.raw().topic().equals(outside.topics().messages()))
                .collect(groupingBy(message -> message.text("webchatSessionId")));
        bySession.forEach((session, messages) -> {
            int n = 0;
            for (Received message : once(messages)) {
                n++;
                assertThat(message.json().path("n").asInt()).as("n of %s", message).isEqualTo(n);
                assertThat(message.text("id")).isEqualTo(session + "/" + n);
                assertThat(message.text("via")).as("via of %s", message).isIn("socket", "history");
            }
        });
    }
}
