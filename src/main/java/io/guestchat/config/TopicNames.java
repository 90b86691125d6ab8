package io.guestchat.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Checks the names of topics, each by Kafka's rule and all against each other. */
final class TopicNames {

    /** org.apache.kafka.common.internals.Topic: legal characters, and room for the partition in a directory's name. */
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

    private final Values values;
    private final List<Key> before = new ArrayList<>();

    TopicNames(Values values) {
        this.values = values;
    }

    /** The name, whatever is wrong with it; the faults are noted. */
    String read(Key key) {
        String name = values.text(key);
        if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            values.fault(key, "not a topic name (1 to 249 of a-z A-Z 0-9 . _ -): " + Values.shown(name));
        }
        for (Key other : before) {
            if (collide(name, values.text(other))) {
                values.fault(key, "the same topic as " + other.key() + ": " + Values.shown(name));
            }
        }
        before.add(key);
        return name;
    }

    /** Kafka refuses a topic that differs from another only in a dot for an underscore: their metrics would clash. */
    private static boolean collide(String one, String other) {
        return one.replace('.', '_').equals(other.replace('.', '_'));
    }
}
