package io.guestchat.platform;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/**
 * What the endpoints of the platform need of HttpClient and no option of camel-http's endpoint says: no retries of its own (it
 * repeats a 429 and a 503 once, beneath ours), no redirects, no cookies, and answers that end.
 */
final class PlatformHttpClient implements HttpClientConfigurer {

    static final int LARGEST_ANSWER = 4 * 1024 * 1024;
    static final int LARGEST_ERROR = 16 * 1024;
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final Timer timer;
    private final Duration longestAttempt;

    PlatformHttpClient(Timer timer, Duration longestAttempt) {
        this.timer = timer;
        this.longestAttempt = longestAttempt;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries();
        client.disableRedirectHandling();
        client.disableCookieManagement();
        client.disableAuthCaching();
        client.addExecInterceptorFirst("bounded-answers",
                new BoundedAnswers(LARGEST_ANSWER, LARGEST_ERROR, longestAttempt, timer));
    }
}
