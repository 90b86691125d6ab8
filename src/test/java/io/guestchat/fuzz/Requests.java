package io.guestchat.fuzz;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.GuestRequest;
import io.guestchat.contract.GuestRequest.End;
import io.guestchat.contract.GuestRequest.Guest;
import io.guestchat.contract.GuestRequest.History;
import io.guestchat.contract.GuestRequest.Message;
import io.guestchat.contract.GuestRequest.Start;
import io.guestchat.contract.GuestRequest.Status;
import io.guestchat.contract.GuestRequest.Typing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests that are as the contract says, and such as nearly are. */
public final class Requests {

    public static final String CHAT = "chat-1";
    public static final String DEFAULT_LANGUAGE = "en-US";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> OTHER_NAMES =
            List.of("type", "id", "chatId", "text", "guest", "pageSize", "Type", "displayName", "", "te\u0000xt", "a".repeat(70));

    /** A request, its words and what is to be read. */
    public record Valid(ObjectNode json, GuestRequest meaning) {

        public byte[] bytes() {
            return json.toString().getBytes(StandardCharsets.UTF_8);
        }
    }

    private Requests() {
    }

    public static Arbitrary<Valid> valid() {
        Arbitrary<GuestRequest> requests = Arbitraries.oneOf(
                Combinators.combine(ids(), Texts.unicode()).as((id, text) -> new Message(id, JsonTexts.HUSH + text)),
                Combinators.combine(ids(), guests()).as(Start::new),
                Combinators.combine(ids(), Arbitraries.oneOf(Arbitraries.integers().between(1, 100), Arbitraries.just(50)))
                        .as(History::new),
                ids().map(Typing::new), ids().map(Status::new), ids().map(End::new));
        return Combinators.combine(requests, Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as((request, named, brief) -> new Valid(json(request, named, brief), request));
    }

    private static Arbitrary<String> ids() {
        return Texts.unicode().map(text -> JsonTexts.HUSH + text).injectNull(0.3);
    }

    private static Arbitrary<Guest> guests() {
        Arbitrary<String> text = Texts.unicode().map(words -> JsonTexts.HUSH + words);
        Arbitrary<String> languages = Arbitraries.of("en", "en-US", "de-CH", "zh-Hant-TW", DEFAULT_LANGUAGE);
        Arbitrary<String> addresses = Arbitraries.of("hush@example.com", "h.u+sh@hush.example.org");
        return Combinators.combine(text, languages, addresses.injectNull(0.5), text.list().ofMaxSize(4).injectNull(0.5),
                Arbitraries.maps(Texts.unicode().map(name -> "k" + name), text).ofMaxSize(4).injectNull(0.5)).as(Guest::new);
    }

    /** @param brief without what the contract has a default for */
    private static ObjectNode json(GuestRequest request, boolean named, boolean brief) {
        ObjectNode json = JSON.objectNode().put("type", request.type());
        Optional.ofNullable(request.id()).ifPresent(id -> json.put("id", id));
        if (named) {
            json.put("chatId", CHAT);
        }
        if (request instanceof Message message) {
            json.put("text", message.text());
        } else if (request instanceof History history && !(brief && history.pageSize() == 50)) {
            json.put("pageSize", history.pageSize());
        } else if (request instanceof Start start) {
            json.set("guest", guest(start.guest(), brief));
        }
        return json;
    }

    private static ObjectNode guest(Guest guest, boolean brief) {
        ObjectNode json = JSON.objectNode().put("displayName", guest.displayName());
        if (!brief || !guest.language().equals(DEFAULT_LANGUAGE)) {
            json.put("language", guest.language());
        }
        if (guest.email() != null) {
            json.put("email", guest.email());
        }
        if (guest.tags() != null) {
            guest.tags().forEach(json.putArray("tags")::add);
        }
        if (guest.metadata() != null) {
            for (Map.Entry<String, String> entry : guest.metadata().entrySet()) {
                json.withObject("/metadata").put(entry.getKey(), entry.getValue());
            }
            json.withObject("/metadata");
        }
        return json;
    }

    /** Valid ones with a field dropped, told twice, renamed or of another type; in the outer object or in the guest. */
    public static Arbitrary<String> mutated() {
        return Combinators.combine(valid().map(request -> request.json().deepCopy()), Arbitraries.integers().between(0, 20),
                Arbitraries.of(Mutation.values()), Arbitraries.of(OTHER_NAMES)).as(Requests::mutate);
    }

    private enum Mutation { DROP, TWICE, RENAME, NULL, NUMBER, TEXT, ARRAY, OBJECT, HALF_PAIR }

    private static String mutate(ObjectNode json, int which, Mutation mutation, String other) {
        ObjectNode place = which % 2 == 0 && json.get("guest") instanceof ObjectNode guest ? guest : json;
        List<String> names = new ArrayList<>();
        place.fieldNames().forEachRemaining(names::add);
        String field = names.get(which % names.size());
        switch (mutation) {
            case DROP -> place.remove(field);
            case RENAME -> place.set(other, place.remove(field));
            case NULL -> place.putNull(field);
            case NUMBER -> place.put(field, 7_070_770_707L);
            case TEXT -> place.put(field, JsonTexts.HUSH);
            case ARRAY -> place.set(field, array());
            case OBJECT -> place.set(field, JSON.objectNode().put("a", JsonTexts.HUSH));
            case HALF_PAIR -> place.put(field, JsonTexts.HUSH + '\ud800');
            default -> {
                String text = json.toString();
                return text.substring(0, text.length() - 1) + ",\"" + field + "\":\"" + JsonTexts.HUSH + "\"}";
            }
        }
        return json.toString();
    }

    private static ArrayNode array() {
        return JSON.arrayNode().add(JsonTexts.HUSH).add(7).addNull();
    }
}
