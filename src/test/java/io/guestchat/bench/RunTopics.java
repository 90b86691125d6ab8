package io.guestchat.bench;

import java.util.List;
import java.util.Map;

/** The topics of one run: no run reads another's records. */
record RunTopics(String run) {

    static final int PARTITIONS = 12;

    String requests() {
        return run + ".requests";
    }

    String messages() {
        return run + ".messages";
    }

    String events() {
        return run + ".events";
    }

    String history() {
        return run + ".history";
    }

    String deadLetters() {
        return run + ".requests.dlq";
    }

    String sessions() {
        return run + ".sessions";
    }

    List<String> all() {
        return List.of(requests(), messages(), events(), history(), deadLetters(), sessions());
    }

    /** By the keys of {@code application.properties}. */
    Map<String, String> configuration() {
        return Map.of("topics.requests", requests(), "topics.messages", messages(), "topics.events", events(),
                "topics.history", history(), "topics.dead-letters", deadLetters(), "topics.sessions", sessions());
    }
}
