package io.guestchat.socket;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;

import io.guestchat.tls.TlsFault;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.vertx.core.http.UpgradeRejectedException;

/**
 * Why a socket did not open.
 *
 * @param status the HTTP status that came instead of 101; null where none came (no route, no answer, broken answer, cancelled)
 * @param retryAfter the {@code Retry-After} header as it stood, not parsed; null where there was none
 * @param cause the simple name of the class of the failure: {@code UpgradeRejectedException} with a status,
 *        {@code TimeoutException} where TCP, TLS or the answer did not come in time, {@code CancellationException} where we
 *        closed it first, why TLS failed where it did, else the class that the network gave
 */
public record HandshakeRefusal(Integer status, String retryAfter, String cause) {

    static HandshakeRefusal of(Throwable failure) {
        if (failure instanceof UpgradeRejectedException rejected) {
            String retryAfter = rejected.getHeaders() == null ? null : rejected.getHeaders().get("Retry-After");
            return new HandshakeRefusal(rejected.getStatus(), retryAfter, name(rejected));
        }
        if (isTimeout(failure)) {
            return timeout();
        }
        return new HandshakeRefusal(null, null, TlsFault.isOne(failure) ? TlsFault.tell(failure) : name(failure));
    }

    static HandshakeRefusal timeout() {
        return new HandshakeRefusal(null, null, TimeoutException.class.getSimpleName());
    }

    static HandshakeRefusal cancelled() {
        return new HandshakeRefusal(null, null, CancellationException.class.getSimpleName());
    }

    /** We closed it before it was answered: it says nothing of the platform. */
    public boolean wasCancelled() {
        return CancellationException.class.getSimpleName().equals(cause);
    }

    /** TLS tells its timeout inside an SSLHandshakeException, like any fault of a certificate. */
    private static boolean isTimeout(Throwable failure) {
        return failure instanceof ConnectTimeoutException
                || failure instanceof SslHandshakeTimeoutException
                || failure.getCause() instanceof SslHandshakeTimeoutException;
    }

    /** An anonymous class has no simple name: Netty annotates connect failures with nested ones, so this is not idle. */
    private static String name(Throwable failure) {
        String simple = failure.getClass().getSimpleName();
        return simple.isEmpty() ? failure.getClass().getName() : simple;
    }
}
