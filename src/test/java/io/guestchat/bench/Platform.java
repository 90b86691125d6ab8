package io.guestchat.bench;

import java.util.List;

/**
 * A simulator that runs.
 *
 * @param webSocketUrl base of the sockets
 * @param trust options of a JVM that is to trust it
 */
record Platform(ChildJvm jvm, String url, String webSocketUrl, PlatformControl control, List<String> trust) {

    static final String CLIENT_ID = "bench-client";
    static final String CLIENT_SECRET = "bench-secret";
}
