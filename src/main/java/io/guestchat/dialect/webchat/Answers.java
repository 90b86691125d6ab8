package io.guestchat.dialect.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.HistoryPage.Entry;
import io.guestchat.contract.HistoryPage.Party;
import io.guestchat.contract.LoneSurrogates;
import io.guestchat.contract.Timestamps;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.UnusableAnswerException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the bodies of the API's answers. */
final class Answers {

    private static final ObjectReader JSON = JsonMapper.builder().build().readerFor(JsonNode.class);
    private static final Pattern PAGE_NUMBER = Pattern.compile("[?&]pageNumber=(\\d{1,9})(?:&|#|$)");

    private static final int LONGEST_ID = 200;

    private Answers() {
    }

    static ObjectNode object(byte[] answer) throws UnusableAnswerException {
        try {
            if (answer != null && JSON.readTree(answer) instanceof ObjectNode object) {
                return object;
            }
        } catch (IOException notJson) {
            // Told below, without the parser's words: they quote the body.
        }
        throw new UnusableAnswerException("the answer is not a JSON object");
    }

    /** The field's text; null where it is absent, empty or something else. */
    static String text(JsonNode object, String field) {
        String value = object.path(field).textValue();
        return value == null || value.isEmpty() ? null : LoneSurrogates.replacedIn(value);
    }

    /**
     * The conversation that an answer or a frame names; null where it names none. It becomes a segment of a path, and encoding
     * does not keep one of dots from leading out of it.
     */
    static String conversationId(JsonNode object) {
        String id = object.path("conversationId").textValue();
        boolean usable = id != null && !id.isEmpty() && id.length() <= LONGEST_ID && !".".equals(id) && !"..".equals(id)
                && id.codePoints().noneMatch(point -> Character.isISOControl(point) || LoneSurrogates.isOne(point));
        return usable ? id : null;
    }

    static HistorySlice history(byte[] answer, int asked) throws UnusableAnswerException {
        ObjectNode page = object(answer);
        JsonNode entities = page.path("entities");
        if (!entities.isArray()) {
            throw new UnusableAnswerException("the history has no entities");
        }
        List<HistorySlice.Item> items = new ArrayList<>(entities.size());
        for (JsonNode entity : entities) {
            if (entity.isObject()) {
                items.add(item(entity));
            }
        }
        return new HistorySlice(items, nextPage(page.path("nextPage"), asked));
    }

    /** A date that can be read is told in the contract's form, one that cannot is not told. */
    private static HistorySlice.Item item(JsonNode entity) {
        long at = epochMillis(text(entity, "date"));
        String date = at == 0 ? null : Timestamps.iso(Instant.ofEpochMilli(at));
        String direction = text(entity, "direction");
        Entry entry = new Entry(text(entity, "id"), said(entity), date, direction,
                party(entity.path("from")), party(entity.path("to")));
        return new HistorySlice.Item(entry, at, "inbound".equals(direction));
    }

    private static String said(JsonNode entity) {
        String text = entity.path("text").textValue();
        return text == null ? null : LoneSurrogates.replacedIn(text);
    }

    private static Party party(JsonNode party) {
        String name = text(party, "name");
        String externalId = text(party, "externalId");
        return name == null && externalId == null ? null : new Party(name, externalId);
    }

    private static long epochMillis(String date) {
        try {
            return date == null ? 0 : OffsetDateTime.parse(date).toInstant().toEpochMilli();
        } catch (DateTimeException otherForm) {
            try {
                return Instant.parse(date).toEpochMilli();
            } catch (DateTimeException unreadable) {
                return 0;
            }
        }
    }

    /**
     * A URL, a path, a number or null. Only its page number is taken: the next call is worded by us, so that an answer never
     * says where it goes.
     */
    private static Integer nextPage(JsonNode next, int asked) throws UnusableAnswerException {
        if (next.isMissingNode() || next.isNull()) {
            return null;
        }
        Integer number = null;
        if (next.isInt()) {
            number = next.intValue();
        } else if (next.isTextual()) {
            String text = next.textValue();
            if (text.isEmpty()) {
                return null;
            }
            Matcher matcher = PAGE_NUMBER.matcher(text);
            if (text.matches("\\d{1,9}")) {
                number = Integer.valueOf(text);
            } else if (matcher.find()) {
                number = Integer.valueOf(matcher.group(1));
            }
        }
        if (number == null) {
            throw new UnusableAnswerException("the history's nextPage cannot be read");
        }
        if (number <= asked) {
            throw new UnusableAnswerException("the history's nextPage leads back");
        }
        return number;
    }
}
