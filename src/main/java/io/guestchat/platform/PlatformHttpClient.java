package io.guestchat.platform;

import io.guestchat.config.ProxySettings;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.HttpHost;

/**
 * What the endpoints of the platform need of HttpClient and no option of camel-http's endpoint says: no retries of its own (it
 * repeats a 429 and a 503 once, beneath ours), no redirects, no cookies, answers that end, and the proxy, whose password would
 * stand in the endpoint's URI.
 */
final class PlatformHttpClient implements HttpClientConfigurer {

    static final int LARGEST_ANSWER = 4 * 1024 * 1024;
    static final int LARGEST_ERROR = 16 * 1024;
    static final Duration LONGEST_ATTEMPT = Duration.ofSeconds(30);

    private final Timer timer;
    private final Duration longestAttempt;
    private final Optional<ProxySettings> proxy;

    PlatformHttpClient(Timer timer, Duration longestAttempt, Optional<ProxySettings> proxy) {
        this.timer = timer;
        this.longestAttempt = longestAttempt;
        this.proxy = proxy;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder client) {
        client.disableAutomaticRetries();
        client.disableRedirectHandling();
        client.disableCookieManagement();
        client.disableAuthCaching();
        client.addExecInterceptorFirst("bounded-answers",
                new BoundedAnswers(LARGEST_ANSWER, LARGEST_ERROR, longestAttempt, timer));
        // In either case said: else the JVM's http.proxyHost, or one of Camel's own options, could decide.
        proxy.ifPresentOrElse(through -> configure(client, through),
                () -> client.setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE)));
    }

    private static void configure(HttpClientBuilder client, ProxySettings proxy) {
        client.setRoutePlanner(new DefaultProxyRoutePlanner(new HttpHost("http", proxy.host(), proxy.port())));
        ProxyAnswers.addTo(client);
        if (proxy.username() != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            credentials.setCredentials(new AuthScope(proxy.host(), proxy.port()),
                    new UsernamePasswordCredentials(proxy.username(), proxy.password().reveal().toCharArray()));
            client.setDefaultCredentialsProvider(credentials);
        }
    }
}
