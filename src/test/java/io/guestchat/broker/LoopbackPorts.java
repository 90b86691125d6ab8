package io.guestchat.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Free ports for servers that stop and start again.
 *
 * <p>The hazard: a port from the system's ephemeral range is free game while its server is down. Any client's outgoing
 * connection may take it, even one that tries to reach that very server, and the restart fails. So these lie below the range
 * (32768 on Linux).
 */
final class LoopbackPorts {
    private static final int LOWEST = 20_000;
    private static final int ABOVE_HIGHEST = 32_000;

    private LoopbackPorts() {
    }

    static int free() {
        return freeOtherThan(0);
    }

    static int freeOtherThan(int taken) {
        for (int attempt = 0; attempt < 200; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, ABOVE_HIGHEST);
            if (port != taken && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free port between " + LOWEST + " and " + ABOVE_HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException inUse) {
            return false;
        }
    }
}
