package io.guestchat.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The fields of one JSON object, read one by one; what is wrong is gathered, so that a caller hears of all of it at once. A fault
 * names the field and never repeats its value: a value may be a name, an address or the text of a chat.
 */
final class RequestFields {

    /** The shape of BCP 47 tags (RFC 5646, section 2.1), without a look at the registry. */
    private static final Pattern LANGUAGE_TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}");
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");
    private static final int LONGEST_NAME = 60;

    private final ObjectNode object;
    private final String prefix;
    private final List<String> faults;

    RequestFields(ObjectNode object) {
        this(object, "", new ArrayList<>());
    }

    private RequestFields(ObjectNode object, String prefix, List<String> faults) {
        this.object = object;
        this.prefix = prefix;
        this.faults = faults;
    }

    List<String> faults() {
        return faults;
    }

    void fault(String field, String what) {
        faults.add(prefix + printable(field) + ": " + what);
    }

    /** A name is the sender's own, too: however long, and of any characters. */
    private static String printable(String field) {
        return field.codePoints().limit(LONGEST_NAME)
                .map(point -> Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE ? '?' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** Any other field is a fault, by its name. */
    void only(Set<String> allowed) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!allowed.contains(name)) {
                fault(name, "is unknown");
            }
        }
    }

    String text(String field, boolean needed, int longest) {
        JsonNode node = present(field, needed);
        if (node == null) {
            return null;
        }
        if (!node.isTextual()) {
            fault(field, "is not a string");
            return null;
        }
        return checked(field, node.textValue(), needed, longest);
    }

    String languageTag(String field) {
        String tag = text(field, false, 80);
        if (tag != null && !LANGUAGE_TAG.matcher(tag).matches()) {
            fault(field, "is not a BCP 47 language tag");
            return null;
        }
        return tag;
    }

    int number(String field, int least, int most, int otherwise) {
        JsonNode node = present(field, false);
        if (node == null) {
            return otherwise;
        }
        if (!node.isIntegralNumber()) {
            fault(field, "is not a whole number");
        } else if (!node.canConvertToInt() || node.intValue() < least || node.intValue() > most) {
            fault(field, "is not between " + least + " and " + most);
        } else {
            return node.intValue();
        }
        return otherwise;
    }

    RequestFields object(String field, boolean needed) {
        JsonNode node = present(field, needed);
        if (node == null) {
            return null;
        }
        if (node instanceof ObjectNode inner) {
            return new RequestFields(inner, prefix + field + ".", faults);
        }
        fault(field, "is not an object");
        return null;
    }

    List<String> texts(String field) {
        JsonNode node = present(field, false);
        if (node == null) {
            return null;
        }
        if (!node.isArray()) {
            fault(field, "is not an array");
            return null;
        }
        List<String> values = new ArrayList<>();
        for (JsonNode item : node) {
            String place = field + "[" + values.size() + "]";
            if (!item.isTextual()) {
                fault(place, "is not a string");
            }
            values.add(item.isTextual() ? checked(place, item.textValue(), false, 1_000) : null);
        }
        return faults.isEmpty() ? values : null;
    }

    Map<String, String> textMap(String field) {
        RequestFields inner = object(field, false);
        if (inner == null) {
            return null;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (Iterator<String> names = inner.object.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (LONE_SURROGATE.matcher(name).find()) {
                inner.fault(name, "has half of a surrogate pair in its name");
            }
            values.put(name, inner.text(name, false, 10_000));
        }
        return faults.isEmpty() ? values : null;
    }

    private String checked(String field, String value, boolean needed, int longest) {
        if (needed && value.isEmpty()) {
            fault(field, "is empty");
        } else if (value.length() > longest) {
            fault(field, "is longer than " + longest + " characters");
        } else if (LONE_SURROGATE.matcher(value).find()) {
            fault(field, "holds half of a surrogate pair");
        } else {
            return value;
        }
        return null;
    }

    private JsonNode present(String field, boolean needed) {
        JsonNode node = object.get(field);
        if (node == null || node.isNull()) {
            if (needed) {
                fault(field, "is missing");
            } else if (node != null) {
                fault(field, "is null");
            }
            return null;
        }
        return node;
    }
}
