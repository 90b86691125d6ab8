package io.guestchat.startup;

import io.guestchat.config.TopicSettings;
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
 * bridge that is started before its broker is no failed start, only one that is not ready.
 */
public final class Intake {

    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final long PAUSE_MILLIS = 500;

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
        boolean told = false;
        while (!context.isStopping() && !context.isStopped()) {
            try {
                topics.prepare();
                context.getRouteController().startRoute(route);
                waitingFor = null;
                return;
            } catch (TopicsUnfitException unfit) {
                refuse.accept(unfit.getMessage());
                return;
            } catch (ExecutionException | TimeoutException | KafkaException away) {
                // A topic that has just been made is not known to every broker at once.
                boolean making = away.getCause() instanceof InvalidMetadataException;
                waitingFor = making ? "Kafka is still making the topics" : "Kafka does not answer";
                if (!making && !told) {
                    LOG.warn("kafka does not answer, waiting for it error={}", reason(away));
                    told = true;
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            } catch (Exception failure) {
                refuse.accept("the requests cannot be read: " + failure.getMessage());
                return;
            }
            if (!pause()) {
                return;
            }
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause.getClass().getSimpleName();
    }

    private static boolean pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
