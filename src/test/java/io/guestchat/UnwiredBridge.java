package io.guestchat;

import java.nio.file.Path;
import org.apache.camel.CamelConfiguration;

/** The bridge's process without its beans: what it does at the start and the stop can be seen without a broker. */
public final class UnwiredBridge {

    private UnwiredBridge() {
    }

    public static void main(String[] args) {
        System.exit(Bridge.run(Path.of("").toAbsolutePath(), System.err, settings -> new CamelConfiguration() {
        }));
    }
}
