package io.guestchat.routes;

import io.guestchat.Bridge;
import io.guestchat.config.Settings;
import io.guestchat.config.SettingsReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RoutesDefinition;
import org.apache.camel.support.PluginHelper;

/** The bridge with its beans and the routes of the checkout, loaded and not started: nothing connects, nothing listens. */
final class LoadedRoutes implements AutoCloseable {

    private final Main main;

    LoadedRoutes() {
        Path home = RouteFile.DIRECTORY.getParent();
        Settings settings = SettingsReader.of(Map.of("genesys.client-id", "client", "genesys.client-secret", "secret",
                "camel.management.port", "0"), home);
        main = Bridge.create(settings, home);
        main.init();
    }

    CamelContext context() {
        return main.getCamelContext();
    }

    List<RouteDefinition> definitions() {
        return context().getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions();
    }

    /** The routes in Camel's XML, with the values that the properties have by default. */
    String asXml() throws Exception {
        RoutesDefinition routes = new RoutesDefinition();
        routes.setCamelContext(context());
        routes.setRoutes(definitions());
        return PluginHelper.getModelToXMLDumper(context()).dumpModelAsXml(context(), routes, true, true, false);
    }

    @Override
    public void close() {
        main.stop();
    }
}
