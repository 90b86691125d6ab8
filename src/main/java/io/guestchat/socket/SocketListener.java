package io.guestchat.socket;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * What a socket tells its owner.
 *
 * <p>Calls for one socket come one at a time, in the order of the wire and interleaved with its frames as they came: the next
 * call, or the next frame, is made only when the returned stage is complete. Calls come on the worker pool, never on an event
 * loop. A stage that fails, or a call that throws, counts as complete: the socket goes on.
 *
 * <p>Exactly one of {@link #opened} and {@link #refused} is called, first; after {@code opened}, {@link #closed} is called
 * once, last.
 */
public interface SocketListener {

    /** The handshake is done. Before any frame. */
    CompletionStage<?> opened(SessionSocket socket);

    /** The handshake failed, ran out of time or was cancelled. Nothing follows. */
    CompletionStage<?> refused(HandshakeRefusal refusal);

    /**
     * The pong to a ping of {@link SessionSocket#ping()}. All frames received before that pong have been processed.
     * Pongs to the keep-alive pings are not told. A peer may answer only the latest of several pings (RFC 6455, 5.5.3).
     */
    CompletionStage<?> pong(long ping);

    /**
     * The socket has ended. All frames received before have been processed.
     *
     * @param closeCode the peer's close code; where we closed, the code that we sent; null where no close frame came
     * @param reason the peer's or our reason; may be null
     * @param cause a word of {@link CloseCause}; {@link CloseCause#ASKED} where we asked for it
     */
    CompletionStage<?> closed(Integer closeCode, String reason, String cause);

    /**
     * A message that is no text came: a binary one, or one that is not UTF-8. It is dropped; the next ones are not touched.
     *
     * @param bytes its size
     */
    default CompletionStage<?> unreadable(int bytes) {
        return CompletableFuture.completedFuture(null);
    }
}
