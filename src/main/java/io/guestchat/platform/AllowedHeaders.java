package io.guestchat.platform;

import java.util.Locale;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/** What passes between an exchange and the platform: three headers out, none in. True means: held back. */
final class AllowedHeaders implements HeaderFilterStrategy {

    private static final Set<String> OUT = Set.of("authorization", "accept", "content-type");

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return !OUT.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        return true;
    }
}
