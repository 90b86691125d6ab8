package io.guestchat.contract;

/** Every code that a {@code request-failed} or a failed {@code chat-ended} carries (contract, "Events"). */
public enum ErrorCode {
    INVALID_REQUEST("invalid-request"),
    MESSAGE_TOO_LONG("message-too-long"),
    REQUEST_TOO_OLD("request-too-old"),
    UNKNOWN_CHAT("unknown-chat"),
    CHAT_ENDED("chat-ended"),
    NOT_ASSIGNED("not-assigned"),
    BACKLOG_FULL("backlog-full"),
    UNAUTHORIZED("unauthorized"),
    FORBIDDEN("forbidden"),
    SESSION_REFUSED("session-refused"),
    NOT_FOUND("not-found"),
    RATE_LIMITED("rate-limited"),
    PLATFORM_UNAVAILABLE("platform-unavailable"),
    PLATFORM_ERROR("platform-error"),
    DELIVERY_UNKNOWN("delivery-unknown");

    private final String code;

    ErrorCode(String code) {
        this.code = code;
    }

    /** The word as it stands in a record. */
    public String code() {
        return code;
    }
}
