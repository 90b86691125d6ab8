package io.guestchat.publish;

/** The headers that a dead letter has besides the request's own: those of Kafka Connect's dead letter queue, and the code. */
public final class DeadLetterHeaders {

    /** What the names of Kafka Connect's begin with. */
    public static final String CONNECT = "__connect.errors.";
    public static final String TOPIC = CONNECT + "topic";
    public static final String PARTITION = CONNECT + "partition";
    public static final String OFFSET = CONNECT + "offset";
    public static final String STAGE = CONNECT + "stage";
    public static final String EXCEPTION_CLASS = CONNECT + "exception.class.name";
    public static final String EXCEPTION_MESSAGE = CONNECT + "exception.message";
    public static final String ERROR_CODE = "guestchat.error.code";

    private DeadLetterHeaders() {
    }

    /** Whether the name is one of these, and so no header of the request itself. */
    public static boolean isOurs(String name) {
        return name.startsWith(CONNECT) || name.equals(ERROR_CODE);
    }
}
