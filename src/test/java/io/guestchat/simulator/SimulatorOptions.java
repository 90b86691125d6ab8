package io.guestchat.simulator;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * How the simulated platform behaves. {@link #defaults()} is a friendly one: an agent joins 300 ms after the guest's socket
 * opened and answers each text. The first five are fixed at the start; the others may change while it runs
 * ({@link SimulatorControl#reconfigure}).
 *
 * @param host address to listen on
 * @param port port to listen on; 0 for a free one
 * @param tls whether to serve HTTPS and WSS with a certificate made at the start
 * @param certificateOut file to write that certificate to, PEM; null for none
 * @param tlsNames further host names of the certificate, beside {@code localhost} and {@code 127.0.0.1}
 * @param clientId the one OAuth client that gets tokens
 * @param clientSecret its secret
 * @param tokenLifetime {@code expires_in} of new tokens, whole seconds
 * @param scope of new tokens, separated by spaces; null leaves it out of the answer and lets all calls pass
 * @param assignment how an assigned conversation is told, and whether it comes by itself
 * @param assignmentDelay from the opening of a session's first socket to the assignment
 * @param greeting what the agent says first, in the frame that tells the assignment; null for nothing: an {@code ack} frame
 *     tells it
 * @param agentName name of the agent in the history
 * @param answering how the agent answers a guest's text
 * @param answerDelay from a text to its answer, for {@link Answering#REPLY}
 * @param answerTyping whether the agent is seen typing before a {@link Answering#REPLY}
 * @param acks whether each text is acknowledged by an {@code ack} frame
 * @param echo whether each text is sent back as an {@code inbound} text
 * @param messageDirection whether frames of the platform carry {@code outbound}; an echo always carries {@code inbound}
 * @param historyOrder order of the history
 * @param historyDepth how many of the newest texts the history keeps; the older ones are gone
 * @param memory how many of its newest texts, and of the guest's newest frames, a session remembers at all, for its history and
 *     its report: a load of millions must not fill the heap
 * @param nextPage form of the history's {@code nextPage}
 * @param sessionLife how long a session waits for its first connection before it expires
 * @param goneStatus status that refuses the handshake of a session that has ended or expired
 * @param openStatus status of a session without a conversation
 * @param activeStatus status of a session with a conversation
 * @param answerPings whether WebSocket pings get a pong
 * @param clock dates of texts, age of tokens and sessions
 */
public record SimulatorOptions(String host, int port, boolean tls, Path certificateOut, List<String> tlsNames, String clientId,
        String clientSecret, Duration tokenLifetime, String scope, Assignment assignment, Duration assignmentDelay,
        String greeting, String agentName, Answering answering, Duration answerDelay, boolean answerTyping, boolean acks,
        boolean echo, boolean messageDirection, HistoryOrder historyOrder, int historyDepth, int memory,
        NextPage nextPage, Duration sessionLife, int goneStatus, String openStatus, String activeStatus, boolean answerPings,
        Clock clock) {

    public static final String ALL_SCOPES =
            "webchat:guest:write webchat:guest:read conversation:webchat:read conversation:webchat:write";

    /** How a guest learns that a conversation was assigned. */
    public enum Assignment {
        /** By frames only: the session details never show it. */
        FRAME,
        /** By the session details only: no frame carries a {@code conversationId}. */
        DETAILS,
        /** By both. */
        BOTH,
        /** Not by itself: only {@link SimulatorControl#assign} assigns, told by both. */
        MANUAL;

        boolean byFrame() {
            return this != DETAILS;
        }

        boolean byDetails() {
            return this != FRAME;
        }
    }

    /** What the agent does with a guest's text. */
    public enum Answering {
        /** Nothing. */
        OFF,
        /** After a moment: {@code You said: } and the text. */
        REPLY,
        /** At once, the very same text: for load tests. */
        ECHO
    }

    /** The order of the history over all its pages. */
    public enum HistoryOrder {
        OLDEST_FIRST, NEWEST_FIRST
    }

    /** What {@code nextPage} looks like where there is one. */
    public enum NextPage {
        PATH, NUMBER, URL,
        /** A path, after the last page too. */
        ENDLESS
    }

    public SimulatorOptions {
        tlsNames = List.copyOf(tlsNames);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("port must be 0 to 65535, not " + port);
        }
        if (memory < 1) {
            throw new IllegalArgumentException("a session remembers one text or more");
        }
        if (tokenLifetime.toSeconds() < 1) {
            throw new IllegalArgumentException("the token lifetime must be a second or more");
        }
    }

    public static SimulatorOptions defaults() {
        return builder().build();
    }

    public static SimulatorOptionsBuilder builder() {
        return new SimulatorOptionsBuilder();
    }

    public SimulatorOptionsBuilder toBuilder() {
        return new SimulatorOptionsBuilder(this);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SimulatorOptions[host=" + host + ", port=" + port + ", tls=" + tls + ", assignment=" + assignment
                + ", answering=" + answering + "]";
    }
}
