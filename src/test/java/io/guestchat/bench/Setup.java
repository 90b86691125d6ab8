package io.guestchat.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the side of a run is set up.
 *
 * @param jvm options of the JVM, for the bridge and for whoever it is compared with
 * @param tls whether the platform is reached over TLS
 * @param configuration of the bridge beside what every run has, by the keys of {@code application.properties}
 * @param sessions configuration of the state topic
 */
record Setup(List<String> jvm, boolean tls, Map<String, String> configuration, Map<String, String> sessions) {

    /** A gigabyte, and as much a minute to the platform as can be told: pace lifted. Other keys are as they come. */
    static Setup usual() {
        return new Setup(List.of("-Xmx1g"), false,
                Map.of("genesys.connect.per-minute", "240000", "genesys.requests-per-minute", "240000"), Map.of());
    }

    Setup heap(String size) {
        return new Setup(List.of("-Xmx" + size), tls, configuration, sessions);
    }

    /**
     * A collection gives back what it has freed: else the process holds what its garbage once needed, whatever its chats do. And no
     * optimizing compiler, as the memory that it works with comes and goes by 25 MB, a thousand chats' three times over.
     */
    Setup withoutReserve() {
        List<String> tight = new ArrayList<>(jvm);
        tight.addAll(List.of("-XX:MinHeapFreeRatio=5", "-XX:MaxHeapFreeRatio=10", "-XX:TieredStopAtLevel=1"));
        return new Setup(tight, tls, configuration, sessions);
    }

    Setup overTls() {
        return new Setup(jvm, true, configuration, sessions);
    }

    Setup with(String key, String value) {
        Map<String, String> more = new HashMap<>(configuration);
        more.put(key, value);
        return new Setup(jvm, tls, more, sessions);
    }

    Setup stateTopic(Map<String, String> configs) {
        return new Setup(jvm, tls, configuration, configs);
    }
}
