package io.guestchat.simulator;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What happens to one call instead of its normal answer.
 *
 * @param effect what is done, after the delay
 * @param status the HTTP status of a refusal; 0 for the other effects
 * @param headers further headers of the answer, such as {@code Retry-After}
 * @param body of a refusal; null for the platform's JSON error
 * @param delay before anything else happens
 */
public record Fault(Effect effect, int status, Map<String, String> headers, String body, Duration delay) {

    /** In a body it stands for the whole request as it came, head and body, written as the inside of a JSON string. */
    public static final String REQUEST = "{{request}}";

    static final Fault NONE = new Fault(Effect.ANSWER, 0, Map.of(), null, Duration.ZERO);

    /** The effects. */
    public enum Effect {
        /** The call is carried out and answered as always; with a delay this is a slow platform. */
        ANSWER,
        /** The call is answered with {@link #status()} and not carried out. */
        REFUSE,
        /** The call is answered with {@link #status()} and a body that never ends; it is not carried out. */
        ENDLESS,
        /** The connection is reset; the call is not carried out. */
        CUT,
        /** The call is carried out, and the connection is reset instead of the answer. */
        CUT_AFTER
    }

    public Fault {
        Objects.requireNonNull(effect, "effect");
        headers = Map.copyOf(headers);
        if ((effect == Effect.REFUSE || effect == Effect.ENDLESS) && (status < 200 || status > 599)) {
            throw new IllegalArgumentException("a refusal needs a status between 200 and 599, not " + status);
        }
        if (delay.isNegative()) {
            throw new IllegalArgumentException("the delay is negative");
        }
    }

    public static Fault refuse(int status) {
        return new Fault(Effect.REFUSE, status, Map.of(), null, Duration.ZERO);
    }

    /** An error whose every word is the request that it answers, credentials and all; so is a header of it. */
    public static Fault echo(int status) {
        return refuse(status).header("X-Authorization", REQUEST).body("""
                {"message":"%1$s","code":"%1$s","error":"%1$s","error_description":"%1$s","details":["%1$s"],"errors":["%1$s"]}"""
                .formatted(REQUEST));
    }

    public static Fault endless(int status) {
        return new Fault(Effect.ENDLESS, status, Map.of(), null, Duration.ZERO);
    }

    public static Fault slow(Duration delay) {
        return new Fault(Effect.ANSWER, 0, Map.of(), null, delay);
    }

    public static Fault cut() {
        return new Fault(Effect.CUT, 0, Map.of(), null, Duration.ZERO);
    }

    public static Fault cutAfter() {
        return new Fault(Effect.CUT_AFTER, 0, Map.of(), null, Duration.ZERO);
    }

    public Fault header(String name, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(name, value);
        return new Fault(effect, status, more, body, delay);
    }

    public Fault body(String text) {
        return new Fault(effect, status, headers, text, delay);
    }

    public Fault after(Duration wait) {
        return new Fault(effect, status, headers, body, wait);
    }
}
