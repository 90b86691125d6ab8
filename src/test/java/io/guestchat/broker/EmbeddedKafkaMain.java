package io.guestchat.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * The embedded broker as a process of its own: {@code --port 9092 [--data directory]}, until SIGTERM.
 *
 * <p>Prints {@code broker ready at 127.0.0.1:9092} when it serves. Without {@code --data} its data goes when it ends.
 */
public final class EmbeddedKafkaMain {
    private EmbeddedKafkaMain() {
    }

    /** Runs the broker; returns never, ends by a signal. Exits with 2 where the arguments are wrong. */
    public static void main(String[] args) throws Exception {
        int port = 9092;
        Path data = null;
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--port") && i + 1 < args.length && args[i + 1].matches("\\d{1,5}")) {
                port = Integer.parseInt(args[i + 1]);
            } else if (args[i].equals("--data") && i + 1 < args.length) {
                data = Path.of(args[i + 1]);
            } else {
                System.err.println("usage: EmbeddedKafkaMain [--port 9092] [--data directory]");
                System.exit(2);
            }
        }
        EmbeddedKafka kafka = data != null
                ? EmbeddedKafka.start(port, data, Map.of())
                : EmbeddedKafka.startOnTemporaryData(port);
        Runtime.getRuntime().addShutdownHook(new Thread(kafka::close, "broker-shutdown"));
        System.out.println("broker ready at " + kafka.bootstrapServers());
        new CountDownLatch(1).await();
    }
}
