package io.guestchat.contract;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.GuestRequest.Guest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the value of a request record into a {@link GuestRequest}, or says what is wrong with it: every fault at once, each with
 * the name of its field (contract, "Requests"). What a request may be is said by its JSON Schema; only what no schema can say is
 * said here. Thread-safe.
 */
public final class RequestReader {

    private static final int DEEPEST = 20;
    /** Twenty thousand strings: each that is none would be a finding of its own, and a record has room for half a million. */
    private static final int MOST_TOKENS = 50_000;
    private static final int PAGE_SIZE = 50;

    /**
     * Strict where Jackson is lenient: a second field of a name, text after the object and deep nesting are faults, not choices
     * that a reader makes silently.
     */
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxTokenCount(MOST_TOKENS)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private static final Map<String, Reading> TYPES = Map.of(
            "start", (id, body, language) -> new GuestRequest.Start(id, guest(body.path("guest"), language)),
            "message", (id, body, language) -> new GuestRequest.Message(id, body.path("text").textValue()),
            "typing", (id, body, language) -> new GuestRequest.Typing(id),
            "history", (id, body, language) -> new GuestRequest.History(id, body.path("pageSize").asInt(PAGE_SIZE)),
            "status", (id, body, language) -> new GuestRequest.Status(id),
            "end", (id, body, language) -> new GuestRequest.End(id));
    private static final RequestSchemas SCHEMAS = new RequestSchemas(TYPES.keySet());

    private final int maxTextBytes;
    private final String defaultLanguage;

    /** Compiles the schemas, where that is not done yet. Any thread; others that need them meanwhile wait for it. */
    public static void prepare() {
        SCHEMAS.faults(JsonNodeFactory.instance.objectNode());
    }

    public RequestReader(int maxTextBytes, String defaultLanguage) {
        this.maxTextBytes = maxTextBytes;
        this.defaultLanguage = defaultLanguage;
    }

    /**
     * Reads one request.
     *
     * @param value the record's value; null is a tombstone and refused
     * @param chatId the record's key, which a {@code chatId} in the body has to equal; null where the key is none
     * @throws InvalidRequestException with {@code invalid-request} or {@code message-too-long}
     */
    public GuestRequest read(byte[] value, String chatId) throws InvalidRequestException {
        ObjectNode body = object(value);
        RequestFaults faults = SCHEMAS.faults(body);
        faults.addLoneSurrogates(body);
        if (chatId != null && body.path("chatId").isTextual() && !body.path("chatId").textValue().equals(chatId)) {
            faults.add("chatId", "differs from the record's key");
        }
        String id = faults.sound(body, "id");
        if (!faults.isEmpty()) {
            throw new InvalidRequestException(ErrorCode.INVALID_REQUEST, faults.toString(), faults.sound(body, "type"), id);
        }
        GuestRequest request = TYPES.get(body.path("type").textValue()).read(id, body, defaultLanguage);
        if (request instanceof GuestRequest.Message message) {
            int bytes = message.text().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxTextBytes) {
                throw new InvalidRequestException(ErrorCode.MESSAGE_TOO_LONG,
                        "text: " + bytes + " bytes of UTF-8, at most " + maxTextBytes, request.type(), id);
            }
        }
        return request;
    }

    /** What is wrong with a request whose key is no chat id: that, and whatever is wrong with its value. */
    public InvalidRequestException keyless(byte[] value, String keyFault) {
        try {
            GuestRequest sound = read(value, null);
            return new InvalidRequestException(ErrorCode.INVALID_REQUEST, keyFault, sound.type(), sound.id());
        } catch (InvalidRequestException more) {
            return new InvalidRequestException(ErrorCode.INVALID_REQUEST, keyFault + "; " + more.getMessage(), more.requestType(),
                    more.requestId());
        }
    }

    /** Makes a request of what its schema has found valid. */
    private interface Reading {

        GuestRequest read(String id, JsonNode body, String defaultLanguage);
    }

    private static Guest guest(JsonNode guest, String defaultLanguage) {
        List<String> tags = new ArrayList<>();
        guest.path("tags").forEach(tag -> tags.add(tag.textValue()));
        Map<String, String> metadata = new LinkedHashMap<>();
        guest.path("metadata").properties().forEach(field -> metadata.put(field.getKey(), field.getValue().textValue()));
        return new Guest(guest.path("displayName").textValue(), guest.path("language").asText(defaultLanguage),
                guest.path("email").textValue(), guest.has("tags") ? tags : null, guest.has("metadata") ? metadata : null);
    }

    private static ObjectNode object(byte[] value) throws InvalidRequestException {
        if (value == null) {
            throw invalid("the record has no value");
        }
        try {
            // Jackson would read some byte sequences that are not UTF-8, and would guess UTF-16.
            String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            JsonNode node = JSON.readValue(json);
            if (hasInfinity(node)) {
                throw invalid("the value is not JSON" + place(null));
            }
            if (node instanceof ObjectNode object) {
                return object;
            }
            throw invalid("the value is not a JSON object");
        } catch (CharacterCodingException notUtf8) {
            throw invalid("the value is not UTF-8");
        } catch (JsonProcessingException notJson) {
            throw invalid("the value is not JSON" + place(notJson.getLocation()));
        }
    }

    /** A number that no double holds. The schemas' validator takes it for a decimal and breaks (EnumValidator). */
    private static boolean hasInfinity(JsonNode node) {
        if (node.isDouble()) {
            return Double.isInfinite(node.doubleValue());
        }
        for (JsonNode inner : node) {
            if (hasInfinity(inner)) {
                return true;
            }
        }
        return false;
    }

    /** Jackson tells no place where one of its limits is passed. */
    private static String place(JsonLocation at) {
        return at == null ? " of a sane shape: nesting, a number, a name or the count of values is beyond any limit"
                : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, message, null, null);
    }
}
