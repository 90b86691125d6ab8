package io.guestchat.faults;

import io.guestchat.harness.OutsideSystem;
import io.guestchat.harness.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the outside system has read, followed along: agent texts by chat, and the chats' events. A record that comes again is the
 * same one as long as it has the same id, so it is here once. For one thread at a time.
 */
final class PublishedTexts {

    private final OutsideSystem outside;
    private final Set<String> ids = new HashSet<>();
    private final Map<String, String> textOfId = new HashMap<>();
    private final List<String> idsOfTwoTexts = new ArrayList<>();
    private final Map<String, List<Said>> texts = new HashMap<>();
    private final Map<String, List<String>> events = new HashMap<>();
    private int read;
    private int again;

    PublishedTexts(OutsideSystem outside) {
        this.outside = outside;
    }

    /** Takes in what has come since. */
    synchronized PublishedTexts follow() {
        List<Received> news = outside.allAfter(read);
        read += news.size();
        for (Received record : news) {
            String topic = record.raw().topic();
            if (topic.equals(outside.topics().messages())) {
                text(record);
            } else if (topic.equals(outside.topics().events()) && ids.add(record.header("ce_id"))) {
                events.computeIfAbsent(record.key(), chat -> new ArrayList<>())
                        .add(record.header("ce_type").replaceAll("^io\\.guestchat\\.|\\.v1$", ""));
            }
        }
        return this;
    }

    private void text(Received record) {
        String id = record.header("ce_id");
        String text = record.text("text");
        String before = textOfId.putIfAbsent(id, text);
        if (before == null) {
            texts.computeIfAbsent(record.key(), chat -> new ArrayList<>()).add(new Said(text, record.seen()));
        } else if (before.equals(text)) {
            again++;
        } else {
            idsOfTwoTexts.add(id);
        }
    }

    /** By chat, in the order in which they were published. */
    synchronized Map<String, List<Said>> texts() {
        Map<String, List<Said>> copy = new HashMap<>();
        texts.forEach((chat, of) -> copy.put(chat, List.copyOf(of)));
        return copy;
    }

    /** The types of the chat's events, in the order in which they were published. */
    synchronized List<String> events(String chat) {
        return List.copyOf(events.getOrDefault(chat, List.of()));
    }

    /** How many events of a type there are. */
    synchronized long count(String type) {
        return events.values().stream().flatMap(List::stream).filter(type::equals).count();
    }

    synchronized List<String> idsOfTwoTexts() {
        return List.copyOf(idsOfTwoTexts);
    }

    /** How many texts were published again under the same id, as the contract allows. */
    synchronized int again() {
        return again;
    }
}
