package io.guestchat.bench;

import java.util.Map;

/**
 * What was measured for a while.
 *
 * @param arrived texts that arrived meanwhile
 * @param seconds how long it was
 * @param p50 milliseconds from when a text was to be sent until its echo was read
 * @param p99 the same
 * @param cpu seconds that each process used, by its name
 * @param latest how far behind its plan the driver was at worst, in milliseconds
 */
record Window(long arrived, double seconds, double p50, double p99, Map<String, Double> cpu, double latest) {

    double rate() {
        return arrived / seconds;
    }

    double cpuPerThousand(String process) {
        return cpu.get(process) * 1000 / arrived;
    }

    /** Of one core. */
    double share(String process) {
        return cpu.get(process) / seconds;
    }
}
