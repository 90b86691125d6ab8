package io.guestchat.platform;

import io.guestchat.dialect.PlatformCall;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.spi.Registry;

/**
 * Puts the package together and binds what {@code routes/platform.camel.yaml} refers to. One of these a process: the token and
 * the paces are shared by all.
 *
 * <p>Order: make it, {@link #bindTo}, start the Camel context, {@link #start}; at the end {@link #stopping}, stop the context,
 * {@link #close}.
 */
public final class PlatformBeans implements AutoCloseable {

    private static final int CALL_THREADS = 64;
    /** More than any sane life of a token asks for, less than a loop of refusals would. */
    private static final int TOKENS_PER_MINUTE = 60;
    private static final Duration RETRY_BASE = Duration.ofMillis(200);
    private static final Duration RETRY_CAP = Duration.ofSeconds(10);
    private static final Duration TOKEN_BASE = Duration.ofSeconds(1);
    private static final Duration TOKEN_CAP = Duration.ofSeconds(30);
    private static final Duration THROTTLE_BASE = Duration.ofSeconds(1);
    private static final Duration THROTTLE_CAP = Duration.ofSeconds(30);

    private final PlatformSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Duration longestAttempt;
    private final SystemTimer timer = new SystemTimer("platform-timer");
    private final CallThreads threads = new CallThreads(CALL_THREADS);
    // Drawn from the thread that asks: ThreadLocalRandom.current() must not be kept.
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private final CallPace httpPace;
    private final CallPace handshakePace;
    private final TokenSteps tokenSteps;
    private final AccessTokens tokens;
    private ProducerTemplate template;
    private volatile boolean stopping;

    public PlatformBeans(PlatformSettings settings, MeterRegistry meters, Clock clock) {
        this(settings, meters, clock, PlatformHttpClient.LONGEST_ATTEMPT);
    }

    PlatformBeans(PlatformSettings settings, MeterRegistry meters, Clock clock, Duration longestAttempt) {
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.longestAttempt = longestAttempt;
        int priorities = 1 + Arrays.stream(PlatformCall.Kind.values()).mapToInt(PlatformCall.Kind::priority).max().orElseThrow();
        httpPace = new CallPace("http", settings.requestsPerMinute(), priorities, breaker("http"), timer, meters);
        handshakePace = new CallPace("handshake", settings.handshakesPerMinute(), 1, breaker("handshake"), timer, meters);
        tokenSteps = new TokenSteps(() -> template, settings.clientId(), settings.clientSecret(), timer);
        tokens = new AccessTokens(tokenSteps, new CallPace("token", TOKENS_PER_MINUTE, 1, timer, meters),
                new Backoff(TOKEN_BASE, TOKEN_CAP, random), timer, clock, settings.requiredScopes());
    }

    private CallBreaker breaker(String name) {
        // Longer, and whoever comes in a pause would fail at its end without having been tried.
        Duration half = settings.maxElapsed().dividedBy(2);
        Duration cap = half.compareTo(THROTTLE_CAP) < 0 ? half : THROTTLE_CAP;
        Backoff throttle = new Backoff(cap.compareTo(THROTTLE_BASE) < 0 ? cap : THROTTLE_BASE, cap, random);
        return new CallBreaker(name, throttle, settings.maxElapsed(), timer, clock).measuredBy(meters);
    }

    /** The token that HTTP calls and handshakes share. */
    public AccessTokens tokens() {
        return tokens;
    }

    /** {@code genesys.connect.per-minute}: one priority, 0. Its breaker has to be told what came of each turn. */
    public CallPace handshakePace() {
        return handshakePace;
    }

    /** What has had no answer since when, in words for an operator; empty where the platform is well. */
    public Optional<String> noAnswer() {
        List<String> away = new ArrayList<>();
        httpPace.breaker().noAnswerSince().ifPresent(since -> away.add("API calls since " + since));
        handshakePace.breaker().noAnswerSince().ifPresent(since -> away.add("handshakes since " + since));
        return away.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", away));
    }

    /** Before the routes are loaded. */
    public void bindTo(CamelContext context) {
        template = context.createProducerTemplate();
        CallSteps call = new CallSteps(tokens, httpPace, timer, settings.maxElapsed());
        FailureWords words = new FailureWords(clock, tokens::missingScopes, settings.proxy().isPresent());
        CallOutcomes outcomes = new CallOutcomes(tokens, httpPace.breaker(), words, meters);
        PlatformTls.use(settings.tls().context(), context);
        Registry registry = context.getRegistry();
        registry.bind("platformHttpClient", new PlatformHttpClient(timer, longestAttempt, settings.proxy()));
        registry.bind("platformHeaders", new AllowedHeaders());
        registry.bind("platformThreads", threads);
        registry.bind("platformRetries", new PlatformRetries(new Backoff(RETRY_BASE, RETRY_CAP, random),
                () -> httpPace.breaker().holds().isPresent(), () -> stopping));
        registry.bind("platformCallBegin", (Processor) call::begin);
        registry.bind("platformGiveUp", (Processor) call::giveUp);
        registry.bind("platformCallAwaitToken", new AsyncStep(call::awaitToken, threads));
        registry.bind("platformCallTakeTurn", new AsyncStep(call::takeTurn, threads));
        registry.bind("platformCallAuthorize", new AsyncStep(call::authorize, threads));
        registry.bind("platformAnswered", (Processor) outcomes::answered);
        registry.bind("platformFailed", (Processor) outcomes::failed);
        registry.bind("platformTokenBegin", (Processor) tokenSteps::begin);
        registry.bind("platformTokenAuthorize", (Processor) tokenSteps::authorize);
        registry.bind("platformTokenRead", (Processor) tokenSteps::read);
    }

    /** Fetches the first token in the background. */
    public void start() {
        tokens.start();
    }

    /**
     * The bridge is draining: calls under way may end, but none waits for a turn or is tried again. What did wait fails with
     * {@code platform-unavailable}; whether that is told to anybody is up to who drains.
     */
    public void stopping() {
        stopping = true;
        tokens.close();
        httpPace.close();
        handshakePace.close();
    }

    @Override
    public void close() {
        stopping();
        timer.close();
        threads.shutdown();
    }
}
