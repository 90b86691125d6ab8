package io.guestchat.platform;

import io.guestchat.config.ProxySettings;
import io.guestchat.contract.Failure;
import io.guestchat.contract.RequestFailedException;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.tls.ClientTls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The real route file in a Camel context of its own. */
final class Routes implements AutoCloseable {

    static final Set<String> SCOPES = Set.of("webchat:guest:read", "webchat:guest:write");

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CamelContext context = new DefaultCamelContext();
    final PlatformBeans beans;
    final ProducerTemplate template;

    Routes(String url, Duration maxElapsed, int perMinute, Duration longestAttempt) throws Exception {
        this(url, url, maxElapsed, perMinute, longestAttempt);
    }

    Routes(String url, String oauthUrl, Duration maxElapsed, int perMinute, Duration longestAttempt) throws Exception {
        this(url, oauthUrl, maxElapsed, perMinute, longestAttempt, ClientTls.ofTheJdk(), Optional.empty(), camel -> { });
    }

    /** @param before what is done to the context before the platform's beans come into it */
    Routes(String url, String oauthUrl, ClientTls tls, Optional<ProxySettings> proxy, Consumer<CamelContext> before)
            throws Exception {
        this(url, oauthUrl, Duration.ofMillis(300), 100_000, Duration.ofSeconds(30), tls, proxy, before);
    }

    private Routes(String url, String oauthUrl, Duration maxElapsed, int perMinute, Duration longestAttempt, ClientTls tls,
            Optional<ProxySettings> proxy, Consumer<CamelContext> before) throws Exception {
        before.accept(context);
        Properties properties = new Properties();
        properties.setProperty("genesys.url", url);
        properties.setProperty("genesys.oauth-url", oauthUrl + "/oauth/token");
        context.getPropertiesComponent().setInitialProperties(properties);
        beans = new PlatformBeans(new PlatformSettings("client", () -> "hush", maxElapsed, perMinute, 1000, SCOPES,
                tls, proxy),
                meters, Clock.systemUTC(), longestAttempt);
        beans.bindTo(context);
        PluginHelper.getRoutesLoader(context).loadRoutes(
                ResourceHelper.resolveMandatoryResource(context,
                "file:" + Path.of("routes/platform.camel.yaml").toAbsolutePath()));
        context.start();
        template = context.createProducerTemplate();
    }

    Routes(String url, Duration maxElapsed) throws Exception {
        this(url, maxElapsed, 100_000, Duration.ofSeconds(30));
    }

    static PlatformCall call(PlatformCall.Kind kind) {
        return kind == PlatformCall.Kind.CREATE_SESSION
                ? new PlatformCall(kind, "POST", "/api/sessions", null, "{\"displayName\":\"Ann Lee\"}")
                : new PlatformCall(kind, "GET", "/api/things/a%2Fb%3Fc", "pageSize=50&pageNumber=1", null);
    }

    CompletableFuture<Exchange> begin(PlatformCall.Kind kind, Processor with) {
        return template.asyncSend("direct:call-platform", exchange -> {
            with.process(exchange);
            exchange.getMessage().setBody(call(kind));
        });
    }

    CompletableFuture<Exchange> begin(PlatformCall.Kind kind) {
        return begin(kind, exchange -> { });
    }

    Exchange send(PlatformCall.Kind kind) {
        return begin(kind).join();
    }

    static Failure failure(Exchange exchange) {
        if (exchange.getException() instanceof RequestFailedException failed) {
            return failed.failure();
        }
        throw new AssertionError("no failure of the contract but " + exchange.getException(), exchange.getException());
    }

    double counted(String kind, String status) {
        var counter = meters.find("guestchat.platform.calls").tags("kind", kind, "status", status).counter();
        return counter == null ? 0 : counter.count();
    }

    @Override
    public void close() {
        beans.stopping();
        context.stop();
        beans.close();
    }
}
