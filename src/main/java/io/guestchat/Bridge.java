package io.guestchat;

import io.guestchat.cli.Tool;
import io.guestchat.config.InvalidSettingsException;
import io.guestchat.config.Settings;
import io.guestchat.config.SettingsReader;
import io.guestchat.contract.RequestReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the jar begins. With arguments: a tool for operators ({@link Tool}). Without: the bridge as a process. It reads the
 * configuration, sets up the log and runs Camel until SIGTERM, which drains (contract, "Configuration"). The exit status is 0 or
 * 143 after a stop, and 1 where the configuration is wrong or the start failed.
 */
public final class Bridge {

    private static final String NAME = "guestchat-bridge";
    private static final String CONFIGURATION = "application.properties";

    private Bridge() {
    }

    /**
     * Runs the bridge in the working directory, where {@code application.properties} and {@code routes/} are; with arguments, a
     * tool that needs the former alone.
     */
    public static void main(String[] args) {
        if (args.length > 0) {
            Logging.setUpForTools();
            // In UTF-8 whatever the locale: scripts read it.
            PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
            int status = Tool.run(Path.of(CONFIGURATION), out, System.err, args);
            out.flush();
            System.exit(status);
        }
        // Always an exit: after a failed start, threads of clients would keep the process alive. In a stop by a signal it waits
        // for the hooks, and the status is the signal's.
        StartRefusal refusal = new StartRefusal();
        System.exit(run(Path.of("").toAbsolutePath(), System.err, settings -> new Wiring(settings, refusal::refuse), refusal));
    }

    /**
     * The bridge, ready to be started in this JVM. The log is left as it is.
     *
     * @param home holds {@code routes/} and {@code application.properties}, of which only what is Camel's own is read
     */
    public static Main create(Settings settings, Path home) {
        StartRefusal refusal = new StartRefusal();
        Main main = create(settings, home, new Wiring(settings, refusal::refuse));
        refusal.whenRefused(main::completed);
        return main;
    }

    static Main create(Settings settings, Path home, CamelConfiguration wiring) {
        Path base = home.toAbsolutePath().normalize();
        Main main = new Main();
        main.setAppName("GuestChat Bridge");
        main.setPropertyPlaceholderLocations("file:" + base.resolve(CONFIGURATION) + ";optional=true");
        String routes = RoutePatterns.resolve(settings.runtime().routes(), base);
        main.setOverrideProperties(overrides(settings, routes));
        main.configure().addConfiguration(new ManagementPortRequired(settings.runtime()));
        main.configure().addConfiguration(wiring);
        main.configure().addConfiguration(new RoutesRequired(routes));
        return main;
    }

    /**
     * Runs until the stop.
     *
     * @return the exit status
     */
    static int run(Path home, PrintStream err, Function<Settings, CamelConfiguration> wiring) {
        return run(home, err, wiring, new StartRefusal());
    }

    private static int run(Path home, PrintStream err, Function<Settings, CamelConfiguration> wiring, StartRefusal refusal) {
        Settings settings;
        try {
            settings = SettingsReader.read(home.resolve(CONFIGURATION));
        } catch (InvalidSettingsException e) {
            e.faults().forEach(fault -> err.println(NAME + ": " + fault));
            return 1;
        }
        Logging.setUp(settings.log());
        Logger log = LoggerFactory.getLogger(Bridge.class);
        log.info("bridge starting brokers={} group={} platform={}", settings.kafka().brokers(), settings.kafka().groupId(),
                settings.genesys().url());
        compileSchemas();
        try {
            Main main = create(settings, home, wiring.apply(settings));
            refusal.whenRefused(main::completed);
            int status = runToTheEnd(main);
            if (refusal.reason() != null) {
                err.println(NAME + ": did not start: " + refusal.reason());
                return 1;
            }
            return status;
        } catch (Exception | Error e) {
            err.println(NAME + ": did not start: " + StartFailure.reasonOf(e));
            log.debug("did not start", e);
            return 1;
        }
    }

    /** They are compiled when their class is first used, which takes its time: meanwhile Camel is set up. */
    private static void compileSchemas() {
        Thread thread = new Thread(RequestReader::prepare, "guestchat-schemas");
        thread.setDaemon(true);
        thread.start();
    }

    private static int runToTheEnd(Main main) throws Exception {
        try {
            main.run();
            return main.getExitCode() == 0 ? 0 : 1;
        } finally {
            // After a failed start Camel's hook would wait for a stop that never comes; so it hears that none is needed.
            main.completed();
        }
    }

    /**
     * What has been read and checked beats what Camel would find by itself: it skips variables that end in {@code _PORT}, takes a
     * blank variable for a value, and lets a variable beat an option. The keys and the variables of secrets resolve to nothing of use,
     * so that no route that names one carries a secret into a URI or a log.
     */
    private static Properties overrides(Settings settings, String routes) {
        Properties overrides = settings.asProperties();
        Settings.secretKeys().forEach(key -> overrides.setProperty(key, "***"));
        Settings.secretVariables().forEach(variable -> overrides.setProperty(variable, "***"));
        overrides.setProperty("camel.main.routes-include-pattern", routes);
        // Mode 1, "fallback": asked only for keys that neither we nor the file have.
        overrides.setProperty("camel.component.properties.environment-variable-mode", "1");
        overrides.setProperty("camel.component.properties.system-properties-mode", "1");
        return overrides;
    }
}
