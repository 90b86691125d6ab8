package io.guestchat.routes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Writes what {@code camel-report:validate} is to read. In Camel 4.17.0 that goal knows routes in Java and XML, in source and
 * resource directories, and passes over YAML without a word. So the build gives it the routes as XML, with the values that their
 * properties have by default, and the properties themselves beside them.
 */
public final class CamelReportInput {

    private CamelReportInput() {
    }

    /** @param args the directory to write to */
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        try (LoadedRoutes routes = new LoadedRoutes()) {
            if (routes.definitions().isEmpty()) {
                throw new IllegalStateException("no routes in " + RouteFile.DIRECTORY);
            }
            Files.writeString(directory.resolve("routes.xml"), routes.asXml());
        }
        Files.copy(Path.of("application.properties"), directory.resolve("application.properties"),
                StandardCopyOption.REPLACE_EXISTING);
    }
}
