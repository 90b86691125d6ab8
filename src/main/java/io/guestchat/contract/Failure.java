package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why a request was not carried out: the {@code error} object of the contract.
 *
 * @param code one of {@link ErrorCode#code()}
 * @param message for a person; holds no secret, no text of a chat, at most 500 characters
 * @param status the HTTP status, where HTTP gave one
 * @param retryAfterSeconds what the platform asked for, where it is known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Failure(String code, String message, Integer status, Long retryAfterSeconds) {

    /** What we publish of anybody's words is never longer (platform: "body of an error"). */
    private static final int LONGEST_MESSAGE = 500;

    public Failure {
        if (message != null && message.length() > LONGEST_MESSAGE) {
            // Not through the middle of a surrogate pair: half of one is no Unicode.
            boolean pair = Character.isHighSurrogate(message.charAt(LONGEST_MESSAGE - 1));
            message = message.substring(0, pair ? LONGEST_MESSAGE - 1 : LONGEST_MESSAGE);
        }
    }

    public static Failure of(ErrorCode code, String message) {
        return new Failure(code.code(), message, null, null);
    }

    public static Failure of(ErrorCode code, String message, int status) {
        return new Failure(code.code(), message, status, null);
    }

    /** Without the message, which may quote the platform. */
    @Override
    public String toString() {
        return "Failure[" + code + ", status=" + status + "]";
    }
}
