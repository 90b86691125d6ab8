package io.guestchat;

import io.guestchat.config.Settings;
import java.util.Objects;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Binds the beans that the routes name. Camel calls it once, before it reads the routes. */
final class Wiring implements CamelConfiguration {

    private final Settings settings;

    Wiring(Settings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    @Override
    public void configure(CamelContext context) {
        context.getRegistry().bind("settings", settings);
    }
}
