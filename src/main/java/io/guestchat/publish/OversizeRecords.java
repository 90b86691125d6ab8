package io.guestchat.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.chat.Chat;
import io.guestchat.contract.CutText;
import io.guestchat.flow.Step;
import io.guestchat.observe.BridgeMeters;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A text that the platform has said, and that no record has room for, is published cut: left out, it would be a number without a
 * text, and the chat could not go on. The first limit that refuses is the producer's own, of a megabyte; where it is the topic's,
 * nobody says how large that is, so less and less is offered.
 *
 * <p>How far it has come stands on the exchange. Camel restores the message before each further attempt, whatever that follows,
 * so it is cut before each one. Stateless; any thread.
 */
public final class OversizeRecords implements Processor {

    private static final Logger LOG = LoggerFactory.getLogger(OversizeRecords.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOM = "guestchat.publish.room";
    private static final String ID = "ce_id";
    private static final String TYPE = "ce_type";
    /** What we say ourselves fits. */
    private static final Set<String> WITH_TEXTS = Set.of("io.guestchat.message.v1", "io.guestchat.history-page.v1");
    private static final String TEXT = "text";
    /** Bytes of all texts of a record together, as JSON. */
    private static final List<Integer> ROOMS = List.of(900_000, 4_000, 500);

    private final BridgeMeters meters;

    public OversizeRecords(BridgeMeters meters) {
        this.meters = meters;
    }

    private record Room(String recordId, int step) {
    }

    /** Called by the routes as the predicate of {@code retryWhile}, after a record was refused for its size. */
    public boolean smaller(Exchange exchange) {
        String record = exchange.getIn().getHeader(ID, String.class);
        Room room = room(exchange, record);
        int step = room == null ? 0 : room.step() + 1;
        if (step == ROOMS.size() || !WITH_TEXTS.contains(exchange.getIn().getHeader(TYPE, "", String.class))) {
            return false;
        }
        exchange.setProperty(ROOM, new Room(record, step));
        if (step == 0) {
            Chat chat = Step.chat(exchange);
            LOG.warn("text is cut, its record is too large for Kafka chatId={} record={}", chat == null ? null : chat.chatId(), record);
            meters.textCut();
        }
        return true;
    }

    /** Called by the routes before each further attempt, whatever the last one failed of. */
    @Override
    public void process(Exchange exchange) throws IOException {
        Room room = room(exchange, exchange.getIn().getHeader(ID, String.class));
        if (room != null) {
            exchange.getIn().setBody(cut(exchange.getIn().getBody(byte[].class), ROOMS.get(room.step())));
        }
    }

    private static Room room(Exchange exchange, String record) {
        Room room = exchange.getProperty(ROOM, Room.class);
        return room != null && room.recordId().equals(record) ? room : null;
    }

    static byte[] cut(byte[] json, int room) throws IOException {
        JsonNode record = JSON.readTree(json);
        List<JsonNode> holders = record.findParents(TEXT);
        for (JsonNode holder : holders) {
            if (holder instanceof ObjectNode object && object.path(TEXT).isTextual()) {
                object.put(TEXT, CutText.toFit(object.path(TEXT).textValue(), room / holders.size()));
            }
        }
        return JSON.writeValueAsBytes(record);
    }
}
