package io.guestchat;

import io.guestchat.config.RuntimeSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/**
 * Lets no start succeed whose health and metrics could not listen. Camel 4.17.0 only logs it
 * (VertxPlatformHttpServer.startServer) and runs on unseen, so the address is tried before Camel takes it.
 */
final class ManagementPortRequired implements CamelConfiguration {

    private final RuntimeSettings settings;

    ManagementPortRequired(RuntimeSettings settings) {
        this.settings = settings;
    }

    @Override
    public void configure(CamelContext context) throws IOException {
        InetSocketAddress address = new InetSocketAddress(settings.managementHost(), settings.managementPort());
        if (address.isUnresolved()) {
            throw new SocketException("camel.management.host: no such host: " + settings.managementHost());
        }
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(address);
        } catch (SocketException e) {
            SocketException named = new SocketException("camel.management.port: cannot listen on " + settings.managementHost()
                    + ":" + settings.managementPort() + ": " + e.getMessage());
            named.addSuppressed(e);
            throw named;
        }
    }
}
