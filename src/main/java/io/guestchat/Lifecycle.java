package io.guestchat;

import io.guestchat.platform.PlatformBeans;
import io.guestchat.platform.SystemTimer;
import java.util.concurrent.ExecutorService;
import org.apache.camel.support.service.ServiceSupport;

/** Ends what the wiring has begun, after the routes have stopped. */
final class Lifecycle extends ServiceSupport {

    private final PlatformBeans platform;
    private final SystemTimer timer;
    private final ExecutorService workers;
    private final KafkaWiring kafka;

    Lifecycle(PlatformBeans platform, SystemTimer timer, ExecutorService workers, KafkaWiring kafka) {
        this.platform = platform;
        this.timer = timer;
        this.workers = workers;
        this.kafka = kafka;
    }

    @Override
    protected void doStop() {
        platform.close();
        timer.close();
        kafka.close();
        workers.shutdown();
    }
}
