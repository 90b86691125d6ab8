package io.guestchat.platform;

import io.guestchat.contract.ErrorCode;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one token that every HTTP call and every WebSocket handshake shares. However many ask, at most one fetch is under way; it
 * is renewed in the background before it expires, while the old one is still served.
 *
 * <p>After a failed fetch everybody who waited gets its error, and so does everybody who asks until the next fetch, which backs
 * off: an outage of the token endpoint sees one caller, not one a chat. The next fetch needs nobody to ask for it.
 *
 * <p>Safe for any thread; none is held. A stage that was not complete at once completes on whatever thread brought the answer: go
 * on with {@code …Async}.
 */
public final class AccessTokens implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccessTokens.class);

    /** No sooner after a failure, whatever the jitter says. */
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LEAST_MARGIN = Duration.ofSeconds(60);

    private final TokenSource source;
    private final CallPace pace;
    private final Backoff backoff;
    private final Timer timer;
    private final Clock clock;
    private final Set<String> requiredScopes;

    private AccessToken token;
    private long expiresAt;
    private long renewAt;
    private CompletableFuture<AccessToken> fetching;
    private RequestFailedException lastFailure;
    private int failures;
    private Instant failingSince;
    private long nextFetchAt;
    private Set<String> missingScopes = Set.of();
    private boolean everObtained;
    private boolean closed;

    /**
     * @param pace for the fetches alone: a platform that refuses every token must not be asked for one at every call
     * @param requiredScopes what the bridge needs; a token that says it lacks one is logged
     */
    AccessTokens(TokenSource source, CallPace pace, Backoff backoff, Timer timer, Clock clock, Set<String> requiredScopes) {
        this.source = source;
        this.pace = pace;
        this.backoff = backoff;
        this.timer = timer;
        this.clock = clock;
        this.requiredScopes = Set.copyOf(requiredScopes);
    }

    /** Whether a token can be had, and if not, why, in words for an operator, and since when. */
    public record Obtainable(boolean ok, String reason, Instant since) {
    }

    /** Fetches the first token, so that a wrong client or a missing scope shows before the first chat. */
    public void start() {
        fetchWhereDue();
    }

    /** The token, at once where there is one; fails with a {@link RequestFailedException}. */
    public CompletionStage<AccessToken> current() {
        CompletableFuture<AccessToken> fetch;
        boolean begin = false;
        synchronized (this) {
            long now = timer.nanoTime();
            if (token != null && expiresAt - now > 0) {
                return CompletableFuture.completedFuture(token);
            }
            if (fetching == null) {
                if (lastFailure != null && nextFetchAt - now > 0) {
                    return CompletableFuture.failedFuture(lastFailure);
                }
                fetching = new CompletableFuture<>();
                begin = true;
            }
            fetch = fetching;
        }
        // A copy: a caller that cancels its own wait must not cancel everybody's.
        CompletableFuture<AccessToken> mine = fetch.copy();
        if (begin) {
            fetch(fetch);
        }
        return mine;
    }

    /** Throws a token away that the platform has refused, unless that has happened already: many failures cause one fetch. */
    public synchronized void invalidate(AccessToken refused) {
        if (token == refused) {
            token = null;
        }
    }

    /** Which of the required scopes the last token lacks; empty where the platform did not say. Sorted. */
    public synchronized Set<String> missingScopes() {
        return missingScopes;
    }

    /** For the health check. */
    public synchronized Obtainable obtainable() {
        if (token != null && expiresAt - timer.nanoTime() > 0) {
            return new Obtainable(true, null, null);
        }
        if (lastFailure != null) {
            return new Obtainable(false, lastFailure.failure().message(), failingSince);
        }
        // Between two tokens, while the next one is under way, nothing is wrong yet.
        return everObtained ? new Obtainable(true, null, null) : new Obtainable(false, "no token has been fetched yet", null);
    }

    /** No more fetches in the background. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private void fetchWhereDue() {
        CompletableFuture<AccessToken> fetch;
        synchronized (this) {
            long now = timer.nanoTime();
            boolean fresh = token != null && renewAt - now > 0;
            boolean tooSoon = lastFailure != null && nextFetchAt - now > 0;
            if (closed || fetching != null || fresh || tooSoon) {
                return;
            }
            fetching = new CompletableFuture<>();
            fetch = fetching;
        }
        fetch(fetch);
    }

    private void fetch(CompletableFuture<AccessToken> fetch) {
        long[] askedAt = new long[1];
        pace.turn(0).thenCompose(turn -> {
            askedAt[0] = timer.nanoTime();
            return source.fetch();
        }).whenComplete((issued, error) -> {
            if (error == null) {
                accept(issued, askedAt[0]);
                fetch.complete(issued);
            } else {
                fetch.completeExceptionally(refuse(error));
            }
        });
    }

    private void accept(AccessToken issued, long askedAt) {
        int before;
        Set<String> missing = new TreeSet<>(requiredScopes);
        issued.scopes().ifPresentOrElse(missing::removeAll, missing::clear);
        boolean scopesChanged;
        synchronized (this) {
            before = failures;
            fetching = null;
            lastFailure = null;
            failures = 0;
            failingSince = null;
            token = issued;
            everObtained = true;
            expiresAt = askedAt + issued.lifetime().toNanos();
            renewAt = expiresAt - margin(issued.lifetime()).toNanos();
            scopesChanged = !missing.equals(missingScopes);
            missingScopes = missing;
            timer.after(Duration.ofNanos(renewAt - timer.nanoTime()), this::fetchWhereDue);
        }
        if (before > 0) {
            log.info("token obtained again afterFailures={}", before);
        }
        if (scopesChanged && !missing.isEmpty()) {
            log.warn("token lacks scopes missing={}: calls that need them will be refused with 403", missing);
        }
    }

    private RequestFailedException refuse(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        RequestFailedException failed = cause instanceof RequestFailedException told ? told
                : new RequestFailedException(ErrorCode.PLATFORM_ERROR, "no token: " + cause.getClass().getSimpleName());
        Failure failure = failed.failure();
        boolean first;
        synchronized (this) {
            fetching = null;
            first = failures++ == 0;
            lastFailure = failed;
            if (first) {
                failingSince = clock.instant();
            }
            Duration floor = failure.retryAfterSeconds() == null ? SHORTEST_PAUSE
                    : Duration.ofSeconds(Math.max(1, failure.retryAfterSeconds()));
            Duration pause = backoff.delay(failures, floor);
            nextFetchAt = timer.nanoTime() + pause.toNanos();
            timer.after(pause, this::fetchWhereDue);
        }
        if (first) {
            // One line an outage, not one a try.
            log.warn("token not obtained code={} status={} reason=\"{}\"", failure.code(), failure.status(), failure.message());
        }
        return failed;
    }

    /** A minute or a tenth of its life, whichever is more, but never more than half of it. */
    private static Duration margin(Duration lifetime) {
        Duration tenth = lifetime.dividedBy(10);
        Duration margin = tenth.compareTo(LEAST_MARGIN) > 0 ? tenth : LEAST_MARGIN;
        Duration half = lifetime.dividedBy(2);
        return margin.compareTo(half) > 0 ? half : margin;
    }
}
