package io.guestchat.startup;

import io.guestchat.config.TopicSettings;
import io.guestchat.intake.KafkaRefusal;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidMetadataException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins to read requests once the topics are as they have to be. Where Kafka is away it waits for it, for as long as it takes: a
 * bridge that is started before its broker is no failed start, only one that is not ready. The same where Kafka does not let it
 * in: the user may be made, the right given, the certificate changed at the brokers while it waits.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long PAUSE_MILLIS = 500;
    /** What is refused stays so for longer, and brokers may count the tries. */
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private final CamelContext context;
    private final Topics topics;
    private final String route;
    private final Consumer<String> refuse;
    private volatile String waitingFor = "the topics have not been looked at yet";

    /**
     * @param client the Kafka client's settings
     * @param route the id of the route that reads the requests
     * @param refuse ends the process, with a reason
     */
    public Intake(CamelContext context, Properties client, TopicSettings topics, String route, Consumer<String> refuse) {
        this.context = context;
        this.topics = new Topics(client, topics);
        this.route = route;
        this.refuse = refuse;
    }

    /** What keeps the requests from being read; null once they are. */
    public String waitingFor() {
        return waitingFor;
    }

    /** Returns at once; a thread of its own does it. */
    public void begin() {
        Thread thread = new Thread(this::untilBegun, "guestchat-startup");
        thread.setDaemon(true);
        thread.start();
    }

    private void untilBegun() {
        String told = "";
        long pause = PAUSE_MILLIS;
        while (!context.isStopping() && !context.isStopped()) {
            try {
                topics.prepare();
                context.getRouteController().startRoute(route);
                waitingFor = null;
                return;
            } catch (TopicsUnfitException unfit) {
                refuse.accept(unfit.getMessage());
                return;
            } catch (ExecutionException | TimeoutException | KafkaException failure) {
                Optional<String> refusal = KafkaRefusal.tell(failure);
                waitingFor = whatFor(failure, refusal);
                if (!making(failure) && !waitingFor.equals(told)) {
                    told = waitingFor;
                    tell(failure, refusal);
                }
                pause = refusal.isPresent() ? Math.min(LONGEST_PAUSE_MILLIS, pause * 2) : PAUSE_MILLIS;
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception failure) {
                refuse.accept("the requests cannot be read: " + failure.getMessage());
                return;
            }
            if (!pause(pause)) {
                return;
            }
        }
    }

    private static String whatFor(Exception failure, Optional<String> refusal) {
        if (making(failure)) {
            return "Kafka is still making the topics";
        }
        return refusal.map(why -> "Kafka refuses the bridge: " + why).orElse("Kafka does not answer");
    }

    /** A topic that has just been made is not known to every broker at once. */
    private static boolean making(Exception failure) {
        return failure.getCause() instanceof InvalidMetadataException;
    }

    /** One line an outage, not one a try. */
    private static void tell(Exception failure, Optional<String> refusal) {
        if (refusal.isPresent()) {
            LOG.warn("kafka refuses the bridge, waiting until it does not reason=\"{}\"", refusal.get());
        } else {
            LOG.warn("kafka does not answer, waiting for it error={}", reason(failure));
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName();
    }

    private static boolean pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
