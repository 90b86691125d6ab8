package io.guestchat.state;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON in UTF-8 to and from {@link SessionRecord}. Thread-safe. */
public final class SessionRecordCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader READER = JSON.readerFor(SessionRecord.class);
    private static final ObjectWriter WRITER = JSON.writerFor(SessionRecord.class);

    private SessionRecordCodec() {
    }

    public static byte[] write(SessionRecord session) {
        try {
            return WRITER.writeValueAsBytes(session);
        } catch (IOException neverInMemory) {
            throw new UncheckedIOException(neverInMemory);
        }
    }

    /**
     * The generation alone, without reading the rest; 0, which no owner has, where the value does not say it.
     */
    public static int generation(byte[] value) {
        try (JsonParser parser = JSON.createParser(value)) {
            parser.nextToken();
            for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
                if (field.equals("generation")) {
                    return parser.nextIntValue(0);
                }
                parser.nextToken();
                parser.skipChildren();
            }
        } catch (IOException unreadable) {
            return 0;
        }
        return 0;
    }

    /** @throws IOException where the value is not a session record, or of a later version than this one can carry on */
    public static SessionRecord read(byte[] value) throws IOException {
        SessionRecord session = READER.readValue(value);
        if (session == null) {
            throw new IOException("no session record but null");
        }
        if (session.version() != SessionRecord.VERSION || session.state() == null) {
            throw new IOException("a session record of version " + session.version());
        }
        boolean whole = switch (session.state()) {
            case "starting" -> session.start() != null;
            case "ended" -> session.end() != null;
            case "connecting", "connected", "lost" -> session.webchatSessionId() != null;
            default -> false;
        };
        if (!whole) {
            throw new IOException("a session record that lacks what its state needs");
        }
        return session;
    }
}
