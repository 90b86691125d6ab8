package io.guestchat.platform;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.tls.TlsFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.HttpException;

/** What an attempt that failed is called in the contract, and in words for a person. Shows no token and keeps no body. */
final class FailureWords {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    private final Clock clock;
    private final Supplier<Set<String>> missingScopes;
    private final boolean proxied;

    /**
     * @param missingScopes what the token in use is known to lack
     * @param proxied whether it is a proxy that we connect to
     */
    FailureWords(Clock clock, Supplier<Set<String>> missingScopes, boolean proxied) {
        this.clock = clock;
        this.missingScopes = missingScopes;
        this.proxied = proxied;
    }

    /** @param used the token that authorized the attempt; null where none did */
    Failure tell(Throwable error, CallAttempts attempts, AccessToken used) {
        return error instanceof HttpOperationFailedException answered ? answer(answered, attempts, used) : noAnswer(error);
    }

    private Failure answer(HttpOperationFailedException error, CallAttempts attempts, AccessToken used) {
        int status = error.getStatusCode();
        boolean token = attempts.call().isEmpty();
        ErrorCode code = attempts.call().map(call -> code(status, call.kind())).orElseGet(() -> tokenCode(status));
        String who = token ? "the token endpoint" : "the platform";
        if (status == PROXY_AUTHENTICATION_REQUIRED) {
            return byProxy(status);
        }
        StringBuilder message = new StringBuilder(who).append(" answered ").append(status);
        if (status >= 300 && status < 400) {
            message.append(", a redirect, which is not followed");
        }
        String told = token ? ErrorBody.tokenError(error.getResponseBody())
                : ErrorBody.tell(error.getResponseBody(), attempts.call().map(PlatformCall::body).orElse(null), used);
        if (!told.isEmpty()) {
            message.append(": ").append(told);
        }
        if (code == ErrorCode.FORBIDDEN && !missingScopes.get().isEmpty()) {
            message.append("; the token lacks the scope ").append(String.join(", ", missingScopes.get()));
        }
        return new Failure(code.code(), message.toString(), status, retryAfterSeconds(error, code));
    }

    private static ErrorCode code(int status, PlatformCall.Kind kind) {
        return switch (status) {
            case 400 -> kind == PlatformCall.Kind.CREATE_SESSION ? ErrorCode.SESSION_REFUSED : ErrorCode.PLATFORM_ERROR;
            case 401 -> ErrorCode.UNAUTHORIZED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> kind == PlatformCall.Kind.CREATE_SESSION ? ErrorCode.PLATFORM_ERROR : ErrorCode.NOT_FOUND;
            default -> passing(status);
        };
    }

    /** RFC 6749, section 5.2: a wrong client is told with 400 or 401. */
    private static ErrorCode tokenCode(int status) {
        return switch (status) {
            case 400, 401, 403 -> ErrorCode.UNAUTHORIZED;
            default -> passing(status);
        };
    }

    private static ErrorCode passing(int status) {
        if (status == 429) {
            return ErrorCode.RATE_LIMITED;
        }
        return status == 408 || status >= 500 && status < 600 ? ErrorCode.PLATFORM_UNAVAILABLE : ErrorCode.PLATFORM_ERROR;
    }

    /** Rounded up: a second early is too early. */
    private Long retryAfterSeconds(HttpOperationFailedException error, ErrorCode code) {
        if (code != ErrorCode.RATE_LIMITED && code != ErrorCode.PLATFORM_UNAVAILABLE) {
            return null;
        }
        Optional<Duration> wait = RetryAfter.in(error.getResponseHeaders(), clock);
        return wait.map(duration -> duration.plusNanos(999_999_999).toSeconds()).orElse(null);
    }

    private Failure noAnswer(Throwable error) {
        if (error instanceof AnswerTooLargeException) {
            return Failure.of(ErrorCode.PLATFORM_ERROR, "the platform's answer is larger than "
                    + PlatformHttpClient.LARGEST_ANSWER + " bytes");
        }
        if (error instanceof ProxyRefusedException refused) {
            return byProxy(refused.status());
        }
        if (error instanceof ClientProtocolException || error instanceof HttpException) {
            return Failure.of(ErrorCode.PLATFORM_ERROR, "the platform's answer is not HTTP as we know it");
        }
        if (error instanceof RejectedExecutionException) {
            return Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "the bridge is stopping");
        }
        if (error instanceof IOException) {
            return Failure.of(ErrorCode.PLATFORM_UNAVAILABLE, "no answer from the platform: " + reason(error));
        }
        return Failure.of(ErrorCode.PLATFORM_ERROR, "the call could not be made: " + error.getClass().getSimpleName());
    }

    /** A proxy's answer says nothing of the platform, so it is an outage whatever its status. */
    private static Failure byProxy(int status) {
        String asked = status == PROXY_AUTHENTICATION_REQUIRED
                ? ": it wants genesys.proxy-username and a password, or others than these" : "";
        return Failure.of(ErrorCode.PLATFORM_UNAVAILABLE,
                "the proxy refuses the way to the platform with " + status + asked);
    }

    /** Our own words: an exception's message may hold a URI. */
    private String reason(Throwable error) {
        if (TlsFault.isOne(error)) {
            return TlsFault.tell(error);
        }
        if (error instanceof UnknownHostException) {
            return (proxied ? "the proxy's" : "its") + " host name is not known";
        }
        if (error instanceof NoRouteToHostException) {
            return "no route to " + (proxied ? "the proxy" : "its host");
        }
        if (error instanceof SocketTimeoutException) {
            return "none in time";
        }
        if (error instanceof ConnectException) {
            return (proxied ? "the proxy" : "it") + " refuses connections";
        }
        return "the connection broke (" + error.getClass().getSimpleName() + ")";
    }
}
