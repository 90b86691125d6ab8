package io.guestchat.simulator;

import java.util.concurrent.CountDownLatch;

/** Runs the simulator by itself until SIGTERM. Exit status 2 where an option cannot be read, 1 where it cannot start. */
public final class SimulatorMain {

    private SimulatorMain() {
    }

    public static void main(String[] args) throws InterruptedException {
        SimulatorOptions options;
        try {
            options = SimulatorArguments.read(System.getenv(), args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(SimulatorArguments.usage());
            System.exit(2);
            return;
        }
        run(options);
    }

    private static void run(SimulatorOptions options) throws InterruptedException {
        PlatformSimulator simulator;
        try {
            simulator = PlatformSimulator.start(options);
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(simulator::close, "simulator-shutdown"));
        System.out.println("The simulator listens on " + simulator.baseUrl() + " (sockets: " + simulator.wsUrl()
                + ", control: " + simulator.baseUrl() + ControlApi.ROOT + ")");
        new CountDownLatch(1).await();
    }
}
