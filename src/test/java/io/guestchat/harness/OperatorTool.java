package io.guestchat.harness;

import io.guestchat.cli.Tool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The operators' tools within this JVM, on a machine that knows of Kafka and nothing of the platform. */
public final class OperatorTool {

    private final Path configuration;

    /** @param directory where {@code application.properties} is made */
    public OperatorTool(Path directory, Map<String, String> keysAndValues) {
        configuration = directory.resolve("application.properties");
        try {
            Files.writeString(configuration, keysAndValues.entrySet().stream()
                    .filter(entry -> !entry.getKey().startsWith("genesys."))
                    .map(entry -> entry.getKey() + "=" + entry.getValue()).collect(Collectors.joining("\n")));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** What a run has left on the terminal. */
    public record Run(int status, List<String> out, List<String> err) {

        /** The last line of the standard output. */
        public String last() {
            return out.get(out.size() - 1);
        }
    }

    public Run run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Tool.run(configuration, new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8), arguments);
        return new Run(status, lines(out), lines(err));
    }

    private static List<String> lines(ByteArrayOutputStream written) {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
