package io.guestchat.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes requests as the contract has them (contract, "Requests"), each with an id of its own. */
final class Requests {

    private final AtomicInteger last = new AtomicInteger();

    ObjectNode start(Guest guest) {
        ObjectNode start = plain("start");
        start.putObject("guest").put("displayName", guest.name()).put("language", "en-US");
        return start;
    }

    ObjectNode message(String text) {
        return plain("message").put("text", text);
    }

    ObjectNode history(int pageSize) {
        return plain("history").put("pageSize", pageSize);
    }

    /** A request without further fields: {@code status} or {@code end}. */
    ObjectNode plain(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("id", "r-" + last.incrementAndGet());
    }
}
