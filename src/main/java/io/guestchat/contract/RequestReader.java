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
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.GuestRequest.Guest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;

/**
 * Turns the value of a request record into a {@link GuestRequest}, or says what is wrong with it: every fault at once, each with
 * the name of its field (contract, "Requests"). Thread-safe.
 */
public final class RequestReader {

    private static final Set<String> COMMON = Set.of("type", "id", "chatId");
    private static final Set<String> TYPES = Set.of("start", "message", "typing", "history", "status", "end");
    private static final int DEEPEST = 20;

    /**
     * Strict where Jackson is lenient: a second field of a name, text after the object and deep nesting are faults, not choices
     * that a reader makes silently.
     */
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    private final int maxTextBytes;
    private final String defaultLanguage;

    public RequestReader(int maxTextBytes, String defaultLanguage) {
        this.maxTextBytes = maxTextBytes;
        this.defaultLanguage = defaultLanguage;
    }

    /**
     * Reads one request.
     *
     * @param value the record's value; null is a tombstone and refused
     * @param chatId the record's key, which a {@code chatId} in the body has to equal
     * @throws InvalidRequestException with {@code invalid-request} or {@code message-too-long}
     */
    public GuestRequest read(byte[] value, String chatId) throws InvalidRequestException {
        ObjectNode body = object(value);
        RequestFields fields = new RequestFields(body);
        String type = fields.text("type", true, 40);
        String id = fields.text("id", false, 200);
        String named = fields.text("chatId", false, 400);
        if (named != null && !named.equals(chatId)) {
            fields.fault("chatId", "differs from the record's key");
        }
        GuestRequest request = type == null ? null : typed(type, id, fields);
        if (!fields.faults().isEmpty()) {
            throw new InvalidRequestException(ErrorCode.INVALID_REQUEST, String.join("; ", fields.faults()), known(type), id);
        }
        if (request instanceof GuestRequest.Message message) {
            int bytes = message.text().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxTextBytes) {
                throw new InvalidRequestException(ErrorCode.MESSAGE_TOO_LONG,
                        "text: " + bytes + " bytes of UTF-8, at most " + maxTextBytes, type, id);
            }
        }
        return request;
    }

    private GuestRequest typed(String type, String id, RequestFields fields) {
        return switch (type) {
            case "start" -> {
                fields.only(with("guest"));
                yield new GuestRequest.Start(id, guest(fields.object("guest", true)));
            }
            case "message" -> {
                fields.only(with("text"));
                yield new GuestRequest.Message(id, fields.text("text", true, Integer.MAX_VALUE));
            }
            case "typing" -> {
                fields.only(COMMON);
                yield new GuestRequest.Typing(id);
            }
            case "history" -> {
                fields.only(with("pageSize"));
                yield new GuestRequest.History(id, fields.number("pageSize", 1, 100, 50));
            }
            case "status" -> {
                fields.only(COMMON);
                yield new GuestRequest.Status(id);
            }
            case "end" -> {
                fields.only(COMMON);
                yield new GuestRequest.End(id);
            }
            default -> {
                fields.fault("type", "is not one of start, message, typing, history, status, end");
                yield null;
            }
        };
    }

    private Guest guest(RequestFields guest) {
        if (guest == null) {
            return null;
        }
        guest.only(Set.of("displayName", "language", "email", "tags", "metadata"));
        String language = guest.languageTag("language");
        return new Guest(guest.text("displayName", true, 200), language == null ? defaultLanguage : language,
                guest.text("email", false, 320), guest.texts("tags"), guest.textMap("metadata"));
    }

    private static ObjectNode object(byte[] value) throws InvalidRequestException {
        if (value == null) {
            throw invalid("the record has no value");
        }
        try {
            // Jackson would read some byte sequences that are not UTF-8, and would guess UTF-16.
            String json = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
            JsonNode node = JSON.readValue(json);
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

    /** Jackson tells no place where one of its limits is passed: nesting, the length of a number or a name. */
    private static String place(JsonLocation at) {
        return at == null ? " of a sane shape: nesting, a number or a name is beyond any limit"
                : ": line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static InvalidRequestException invalid(String message) {
        return new InvalidRequestException(ErrorCode.INVALID_REQUEST, message, null, null);
    }

    private static String known(String type) {
        return type != null && TYPES.contains(type) ? type : null;
    }

    private static Set<String> with(String field) {
        Set<String> fields = new TreeSet<>(COMMON);
        fields.add(field);
        return fields;
    }
}
