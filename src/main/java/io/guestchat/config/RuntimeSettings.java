package io.guestchat.config;

import java.time.Duration;

/**
 * The keys {@code camel.*} that the bridge itself answers for. Every other {@code camel.*} key is Camel's own affair.
 *
 * @param managementHost the address that health and metrics listen on
 * @param managementPort their port; 0 takes any free one
 * @param shutdownTimeout how long a stop drains; whole seconds
 * @param routes Camel's {@code routesIncludePattern}: resource patterns, separated by commas
 */
public record RuntimeSettings(String managementHost, int managementPort, Duration shutdownTimeout, String routes) {
}
