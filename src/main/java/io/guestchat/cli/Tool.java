package io.guestchat.cli;

import io.guestchat.config.DurationText;
import io.guestchat.config.InvalidSettingsException;
import io.guestchat.config.SettingsReader;
import io.guestchat.config.ToolSettings;
import io.guestchat.contract.ErrorCode;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The operators' tools: {@code dead-letters} and {@code chats}. They speak with Kafka alone, join no group and commit nothing.
 * What they find goes to the standard output, what is wrong to the standard error. The exit status is 0 where all that was asked
 * for has been done, 1 where something has not, 2 where the arguments are wrong.
 */
@Command(name = Tool.NAME, mixinStandardHelpOptions = true, versionProvider = Tool.Version.class,
        description = {"Without arguments: runs the bridge in the working directory. With a command: a tool for its operators, "
                + "which reads Kafka's and the topics' keys of application.properties there, and of the environment."})
public final class Tool {

    static final String NAME = "guestchat-bridge";

    private final Path configuration;
    private final PrintStream out;
    private final PrintStream err;
    private Duration timeout;
    @Spec
    private CommandSpec spec;

    private Tool(Path configuration, PrintStream out, PrintStream err) {
        this.configuration = configuration;
        this.out = out;
        this.err = err;
    }

    /** What a command does with Kafka. */
    interface Work {

        /** @return the exit status */
        int on(Cluster cluster) throws Exception;
    }

    /**
     * Runs one command to its end.
     *
     * @param configuration the bridge's {@code application.properties}; nothing else of its directory is read
     * @return the exit status
     */
    public static int run(Path configuration, PrintStream out, PrintStream err, String... arguments) {
        Tool tool = new Tool(configuration, out, err);
        return new CommandLine(tool)
                .addSubcommand(new CommandLine(new DeadLetterCommands())
                        .addSubcommand(new DeadLettersList(tool)).addSubcommand(new DeadLettersRedrive(tool)))
                .addSubcommand(new CommandLine(new ChatCommands())
                        .addSubcommand(new ChatsList(tool)).addSubcommand(new ChatsEnd(tool)))
                .registerConverter(Duration.class, Tool::duration)
                .registerConverter(Instant.class, new PointInTime(Clock.systemUTC()))
                .registerConverter(ErrorCode.class, text -> oneOf(ErrorCode.values(), ErrorCode::code, text))
                .registerConverter(ChatState.class, text -> oneOf(ChatState.values(), ChatState::toString, text))
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                .setParameterExceptionHandler((wrong, given) -> tool.refuse(wrong))
                .setExecutionExceptionHandler((failure, command, parsed) -> tool.fail(failure))
                .execute(arguments);
    }

    @Option(names = "--timeout", paramLabel = "DURATION", defaultValue = "30s", scope = ScopeType.INHERIT,
            description = "How long to wait for an answer, of Kafka or of the bridge: 1s to 1h; default: ${DEFAULT-VALUE}.")
    private void setTimeout(Duration given) {
        if (given.compareTo(Duration.ofSeconds(1)) < 0 || given.compareTo(Duration.ofHours(1)) > 0) {
            throw new ParameterException(spec.commandLine(), "Invalid value for option '--timeout': not 1s to 1h");
        }
        timeout = given;
    }

    Duration timeout() {
        return timeout;
    }

    PrintStream out() {
        return out;
    }

    /** One line on the standard error. */
    void complain(String line) {
        err.println(NAME + ": " + Shown.line(line));
    }

    /** @throws ToolFailure where Kafka does not answer, or refuses */
    int withKafka(Work work) throws Exception {
        ToolSettings settings = SettingsReader.readForTools(configuration);
        try (Cluster cluster = new Cluster(settings, timeout)) {
            return work.on(cluster);
        } catch (TimeoutException noAnswer) {
            throw new ToolFailure("Kafka does not answer within " + DurationText.format(timeout) + ": "
                    + settings.kafka().brokers());
        } catch (KafkaException failure) {
            throw new ToolFailure("Kafka at " + settings.kafka().brokers() + ": " + reasonOf(failure));
        }
    }

    /** The innermost message: the outer ones say only that something failed. */
    static String reasonOf(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .filter(cause -> cause.getMessage() != null).reduce((outer, inner) -> inner)
                .map(cause -> cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .orElse(failure.getClass().getSimpleName());
    }

    private int refuse(ParameterException wrong) {
        complain(wrong.getMessage());
        PrintWriter writer = wrong.getCommandLine().getErr();
        UnmatchedArgumentException.printSuggestions(wrong, writer);
        wrong.getCommandLine().usage(writer);
        return CommandLine.ExitCode.USAGE;
    }

    private int fail(Exception failure) {
        if (failure instanceof InvalidSettingsException invalid) {
            invalid.faults().forEach(fault -> complain(fault.toString()));
        } else if (failure instanceof ToolFailure told) {
            complain(told.getMessage());
        } else {
            complain("failed: " + reasonOf(failure));
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static Duration duration(String text) {
        return DurationText.parse(text).orElseThrow(() ->
                new CommandLine.TypeConversionException("'" + text + "' is not a duration like 500ms, 5s, 2m or 24h"));
    }

    private static <T> T oneOf(T[] all, Function<T, String> word, String text) {
        return Stream.of(all).filter(one -> word.apply(one).equals(text)).findFirst().orElseThrow(() ->
                new CommandLine.TypeConversionException("'" + text + "' is not one of "
                        + Stream.of(all).map(word).collect(Collectors.joining(", "))));
    }

    @Command(name = "dead-letters", mixinStandardHelpOptions = true,
            description = "The requests that failed, as they stand on topics.dead-letters.")
    private static final class DeadLetterCommands {
    }

    @Command(name = "chats", mixinStandardHelpOptions = true, description = "The chats, as they stand on topics.sessions.")
    private static final class ChatCommands {
    }

    /** As the jar's manifest says it. */
    static final class Version implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Tool.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + Objects.requireNonNullElse(version, "(not packaged)")};
        }
    }
}
