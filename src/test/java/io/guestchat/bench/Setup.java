package io.guestchat.bench;

import java.util.HashMap;
import java.util.Map;

/**
 * How the side of a run is set up.
 *
 * @param heap {@code -Xmx}, for the bridge and for whoever it is compared with
 * @param tls whether the platform is reached over TLS
 * @param configuration of the bridge beside what every run has, by the keys of {@code application.properties}
 * @param sessions configuration of the state topic
 */
record Setup(String heap, boolean tls, Map<String, String> configuration, Map<String, String> sessions) {

    /** A gigabyte, and as much a minute to the platform as can be told: pace lifted. Other keys are as they come. */
    static Setup usual() {
        return new Setup("1g", false, Map.of("genesys.connect.per-minute", "60000", "genesys.requests-per-minute", "60000"),
                Map.of());
    }

    Setup heap(String size) {
        return new Setup(size, tls, configuration, sessions);
    }

    Setup overTls() {
        return new Setup(heap, true, configuration, sessions);
    }

    Setup with(String key, String value) {
        Map<String, String> more = new HashMap<>(configuration);
        more.put(key, value);
        return new Setup(heap, tls, more, sessions);
    }

    Setup stateTopic(Map<String, String> configs) {
        return new Setup(heap, tls, configuration, configs);
    }
}
