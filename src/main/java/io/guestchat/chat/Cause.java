package io.guestchat.chat;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What of a request travels on with the records that it causes, and nothing else of it does (contract, "Topics").
 *
 * @param requestId the caller's id of the request; may be null
 * @param traceparent W3C trace context; may be null
 */
public record Cause(String requestId, String traceparent) {

    /** A record that no request caused. */
    public static final Cause NONE = new Cause(null, null);

    /**
     * W3C Trace Context, section 3.2: no version {@code ff}, no ids of zeros, and nothing behind the flags in version {@code 00}.
     * Anything else does not travel on.
     */
    private static final Pattern TRACEPARENT = Pattern.compile(
            "(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}((?<!^00.{53})-[!-~]{0,200})?");

    static String validTraceparent(byte[] header) {
        String value = new String(header, StandardCharsets.US_ASCII);
        return TRACEPARENT.matcher(value).matches() ? value : null;
    }
}
