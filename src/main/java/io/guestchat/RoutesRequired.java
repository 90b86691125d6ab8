package io.guestchat;

import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;

/** Lets no start succeed that found no routes: Camel doesn't complain, and the bridge would be up and carry nothing. */
final class RoutesRequired implements CamelConfiguration {

    private final String patterns;

    RoutesRequired(String patterns) {
        this.patterns = patterns;
    }

    @Override
    public void configure(CamelContext context) throws Exception {
        context.addStartupListener((started, alreadyStarted) -> {
            if (started.getRoutesSize() == 0) {
                throw new IllegalStateException("camel.main.routes-include-pattern: no routes at " + patterns);
            }
        });
    }
}
