package io.guestchat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Camel takes a relative {@code file:} pattern from the JVM's working directory; ours start where the configuration lies. */
final class RoutePatterns {

    private static final String FILE = "file:";

    private RoutePatterns() {
    }

    /**
     * @param patterns Camel's {@code routesIncludePattern}: resource patterns, separated by commas
     * @param home absolute
     */
    static String resolve(String patterns, Path home) {
        return Arrays.stream(patterns.split(","))
                .map(String::trim)
                .map(pattern -> isRelativeFile(pattern) ? FILE + home + "/" + pattern.substring(FILE.length()) : pattern)
                .collect(Collectors.joining(","));
    }

    private static boolean isRelativeFile(String pattern) {
        // A pattern with a wildcard is no legal Path on every system, so it is told by its text.
        return pattern.startsWith(FILE) && !pattern.startsWith(FILE + "/");
    }
}
