package io.guestchat.contract;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.chat.EndReason;
import io.guestchat.contract.GuestRequest.Guest;
import io.guestchat.harness.RecordSchemas;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The code, the schemas and {@code asyncapi.yaml} know the same types of requests, events and records, the same fields of each, and
 * the same codes: what is in one and not in another fails here.
 */
class ContractDriftTest {

    private static final AsyncApiDocument DOCUMENT = AsyncApiDocument.read();

    static Stream<Class<?>> requests() {
        return Stream.of(GuestRequest.class.getPermittedSubclasses());
    }

    static Stream<Class<?>> details() {
        return Stream.of(EventDetail.class.getPermittedSubclasses());
    }

    @Test
    void givenTheTypesOfRequests_whenTheSchemasTheDocumentAndTheRoutesAreRead_thenTheyHaveTheSame() throws IOException {
        Set<String> types = requests().map(ContractDriftTest::typeOf).collect(toSet());
        Set<String> dispatched = Pattern.compile("\\{exchangeProperty\\.requestType} == '([^']+)'")
                .matcher(Files.readString(Path.of("routes", "requests.camel.yaml"))).results().map(match -> match.group(1)).collect(toSet());

        assertThat(filesIn("requests/")).isEqualTo(types);
        assertThat(words(RecordSchemas.read("common.json").at("/$defs/requestType/enum"))).isEqualTo(types);
        assertThat(DOCUMENT.messages("requests").keySet()).isEqualTo(types);
        assertThat(DOCUMENT.messages("requests")).allSatisfy((type, message) ->
                assertThat(message.payload()).isEqualTo("requests/" + type + ".json"));
        assertThat(dispatched).isEqualTo(types);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void givenARequest_whenItsSchemaIsRead_thenItHasTheSameFields(Class<?> request) {
        assertThat(fields(RecordSchemas.read("requests/" + typeOf(request) + ".json")))
                .isEqualTo(and(componentsOf(request), "type", "chatId"));
        assertThat(RecordSchemas.read("requests/" + typeOf(request) + ".json").at("/properties/type/const").asText())
                .isEqualTo(typeOf(request));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void givenAnExampleOfARequest_whenItIsRead_thenItIsOfItsType(Class<?> request) {
        assertThat(DOCUMENT.messages("requests").get(typeOf(request)).examples()).allSatisfy(example ->
                assertThat(new RequestReader(4_096, "en-US").read(example.path("payload").toString().getBytes(StandardCharsets.UTF_8),
                        "order-1042")).isInstanceOf(request));
    }

    @Test
    void givenAGuest_whenItsSchemaIsRead_thenItHasTheSameFields() {
        assertThat(fields(RecordSchemas.read("requests/start.json").at("/properties/guest"))).isEqualTo(componentsOf(Guest.class));
    }

    @Test
    void givenTheTypesOfEvents_whenTheSchemasAndTheDocumentAreRead_thenTheyHaveTheSame() {
        Set<String> types = details().map(ContractDriftTest::typeOf).collect(toSet());

        assertThat(filesIn("events/")).isEqualTo(types);
        assertThat(DOCUMENT.messages("events").keySet()).isEqualTo(types);
        assertThat(DOCUMENT.messages("events")).allSatisfy((type, message) ->
                assertThat(message.payload()).isEqualTo("events/" + type + ".json"));
    }

    @ParameterizedTest
    @MethodSource("details")
    void givenAnEvent_whenItsSchemaIsRead_thenItHasTheSameFields(Class<?> detail) {
        Set<String> common = componentsOf(Event.class);
        common.remove("detail");
        common.addAll(componentsOf(detail));

        assertThat(fields(RecordSchemas.read("events/" + typeOf(detail) + ".json"))).isEqualTo(and(common, "type"));
        assertThat(RecordSchemas.read("events/" + typeOf(detail) + ".json").at("/properties/type/const").asText())
                .isEqualTo(typeOf(detail));
    }

    @Test
    void givenTheErrorCodes_whenTheirSchemaIsRead_thenItHasTheSame() {
        assertThat(words(RecordSchemas.read("common.json").at("/$defs/errorCode/enum")))
                .isEqualTo(Stream.of(ErrorCode.values()).map(ErrorCode::code).collect(toSet()));
        assertThat(fields(RecordSchemas.read("common.json").at("/$defs/error"))).isEqualTo(componentsOf(Failure.class));
    }

    @Test
    void givenTheReasonsOfAnEnd_whenTheirSchemaIsRead_thenItHasTheSame() {
        assertThat(words(RecordSchemas.read("events/chat-ended.json").at("/properties/reason/enum")))
                .isEqualTo(Stream.of(EndReason.values()).map(EndReason::word).collect(toSet()));
    }

    @Test
    void givenTheRecordsOut_whenTheSchemasAndTheDocumentAreRead_thenTheyHaveTheSame() {
        JsonNode page = RecordSchemas.read("history-page.json");
        JsonNode message = RecordSchemas.read("message.json");

        assertThat(OutgoingRecord.class.getPermittedSubclasses()).containsExactlyInAnyOrder(Event.class, AgentMessage.class,
                HistoryPage.class);
        assertThat(fields(message)).isEqualTo(and(componentsOf(AgentMessage.class), "id"));
        assertThat(fields(message.at("/properties/from"))).isEqualTo(componentsOf(AgentMessage.Sender.class));
        assertThat(fields(page)).isEqualTo(componentsOf(HistoryPage.class));
        assertThat(fields(page.at("/$defs/entry"))).isEqualTo(componentsOf(HistoryPage.Entry.class));
        assertThat(fields(page.at("/$defs/party"))).isEqualTo(componentsOf(HistoryPage.Party.class));
        assertThat(DOCUMENT.messages("messages").keySet()).containsExactly(
                new AgentMessage("c", "ws", null, 1, "", "", null, "socket").name());
        assertThat(DOCUMENT.messages("messages").get("message").payload()).isEqualTo("message.json");
        assertThat(DOCUMENT.messages("history").keySet()).containsExactly(
                new HistoryPage("h", "c", null, "cv", 1, true, List.of()).name());
        assertThat(DOCUMENT.messages("history").get("history-page").payload()).isEqualTo("history-page.json");
    }

    @Test
    void givenTheSchemas_whenTheDocumentIsRead_thenEachStandsForSomethingInIt() {
        Set<String> used = new TreeSet<>(Set.of("common.json", "request.json"));
        for (String channel : List.of("requests", "messages", "events", "history", "dead-letters")) {
            DOCUMENT.messages(channel).values().stream().flatMap(message -> Stream.of(message.payload(), message.headers()))
                    .filter(file -> file != null).forEach(used::add);
        }

        assertThat(RecordSchemas.files()).containsExactlyInAnyOrderElementsOf(used);
    }

    private static Set<String> filesIn(String directory) {
        return RecordSchemas.files().stream().filter(file -> file.startsWith(directory))
                .map(file -> file.substring(directory.length(), file.length() - ".json".length())).collect(toSet());
    }

    private static Set<String> fields(JsonNode schema) {
        return schema.path("properties").properties().stream().map(Map.Entry::getKey).collect(toSet());
    }

    private static Set<String> words(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).collect(toSet());
    }

    private static Set<String> componentsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).collect(toSet());
    }

    private static Set<String> and(Set<String> fields, String... further) {
        Set<String> all = new HashSet<>(fields);
        all.addAll(List.of(further));
        return all;
    }

    /** A record of the contract tells its type without its fields. */
    private static String typeOf(Class<?> type) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructors()[0];
            Object[] nothing = Arrays.stream(constructor.getParameterTypes())
                    .map(parameter -> parameter == int.class ? (Object) 0 : parameter == boolean.class ? (Object) false : null).toArray();
            Object record = constructor.newInstance(nothing);
            return record instanceof GuestRequest request ? request.type() : ((EventDetail) record).type();
        } catch (ReflectiveOperationException notARecord) {
            throw new IllegalStateException(notARecord);
        }
    }
}
