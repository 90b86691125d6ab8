package io.guestchat.observe;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * One condition of readiness, with a reason that an operator understands. It says nothing of liveness: a bridge whose Kafka or
 * platform is away must not be restarted for it.
 */
public final class Readiness extends AbstractHealthCheck {

    private final Supplier<Optional<String>> whyNot;

    /** @param whyNot empty where the condition holds; never with a secret, a chat's id or text */
    public Readiness(String id, Supplier<Optional<String>> whyNot) {
        super("guestchat", id);
        this.whyNot = whyNot;
    }

    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
        Optional<String> reason = whyNot.get();
        if (reason.isEmpty()) {
            builder.up();
        } else {
            builder.down().message(reason.get()).detail("reason", reason.get());
        }
    }
}
