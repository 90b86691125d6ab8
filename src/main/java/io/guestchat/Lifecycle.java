package io.guestchat;

import io.guestchat.platform.PlatformBeans;
import io.guestchat.platform.SystemTimer;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the bridge stops. Camel waits until no exchange is in flight before it stops what makes them; the sockets make them all the
 * while. So the requests are stopped first, which gives the partitions back and with them the chats and their sockets; then Camel
 * finds nothing left to wait for.
 */
final class Lifecycle extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final PlatformBeans platform;
    private final SystemTimer timer;
    private final ExecutorService workers;
    private final KafkaWiring kafka;
    private volatile boolean draining;

    Lifecycle(PlatformBeans platform, SystemTimer timer, ExecutorService workers, KafkaWiring kafka) {
        this.platform = platform;
        this.timer = timer;
        this.workers = workers;
        this.kafka = kafka;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void onContextStopping(CamelContext context) {
        draining = true;
        long began = timer.nanoTime();
        try {
            context.getRouteController().stopRoute(KafkaWiring.REQUESTS_ROUTE);
        } catch (Exception failure) {
            LOG.warn("requests could not be stopped in order reason={}", failure.toString());
        }
        platform.stopping();
        LOG.info("drained ms={}", TimeUnit.NANOSECONDS.toMillis(timer.nanoTime() - began));
    }

    @Override
    public void onContextStopped(CamelContext context) {
        platform.close();
        timer.close();
        kafka.close();
        workers.shutdown();
    }
}
