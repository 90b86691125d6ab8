package io.guestchat.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/** What all experiments share: one broker, one simulator, the results. Closing ends every process. For one thread. */
final class Bench implements AutoCloseable {

    private final Options options;
    private final PrintStream out;
    private final Processes processes;
    private final Results results = new Results();
    private final long began = System.nanoTime();
    private final ChildJvm brokerJvm;
    private final Broker broker;
    private final Platform platform;
    private Platform platformOverTls;
    private int runs;

    Bench(Options options, Path logs, PrintStream out) {
        this.options = options;
        this.out = out;
        this.processes = new Processes(options.home(), logs, options.profile());
        Runtime.getRuntime().addShutdownHook(new Thread(processes::close, "bench-shutdown"));
        int port = Processes.freePort();
        this.brokerJvm = processes.broker(port);
        this.broker = new Broker("127.0.0.1:" + port);
        this.platform = processes.simulator(false);
    }

    Options options() {
        return options;
    }

    Form form() {
        return options.form();
    }

    Results results() {
        return results;
    }

    Processes processes() {
        return processes;
    }

    ChildJvm brokerJvm() {
        return brokerJvm;
    }

    Broker broker() {
        return broker;
    }

    /** The one over TLS is started when it is first needed. */
    Platform platform(boolean tls) {
        if (tls && platformOverTls == null) {
            platformOverTls = processes.simulator(true);
        }
        return tls ? platformOverTls : platform;
    }

    /** @param chats the most that there will be */
    BenchRun open(Side side, String what, Setup setup, int chats) {
        String name = String.format(Locale.ROOT, "%02d-%s-%s", ++runs, what, side);
        say(name);
        return new BenchRun(this, side, name, setup, chats);
    }

    /**
     * As many runs of each of the two sides as the form says; the side that comes first changes. A profile is of one run of the
     * bridge.
     */
    void alternate(Consumer<Side> run) {
        if (options.profile()) {
            run.accept(Side.BRIDGE);
            return;
        }
        for (int number = 0; number < form().runs(); number++) {
            Side first = number % 2 == 0 ? Side.BARE : Side.BRIDGE;
            run.accept(first);
            run.accept(first == Side.BARE ? Side.BRIDGE : Side.BARE);
        }
    }

    void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - began) / 1e9, what);
    }

    @Override
    public void close() {
        broker.close();
        processes.close();
    }
}
