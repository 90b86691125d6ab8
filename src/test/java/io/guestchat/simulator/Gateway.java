package io.guestchat.simulator;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where every request comes in: tells its kind by its path, lets it meet its fault, checks its token, and hands it on. */
final class Gateway implements Handler<HttpServerRequest> {

    private static final String SESSIONS = "/api/v2/webchat/guests/sessions";
    private static final Pattern DETAILS = Pattern.compile(SESSIONS + "/([^/]+)");
    private static final Pattern HISTORY = Pattern.compile("/api/v2/conversations/webchat/([^/]+)/messages");
    private static final Pattern SOCKET = Pattern.compile("/webchat/v1/guests/sessions/([^/]+)");

    private final Vertx vertx;
    private final Platform platform;
    private final OAuthEndpoint oauth;
    private final SessionsApi sessions;
    private final HistoryApi history;
    private final GuestSockets sockets;
    private final ControlApi control;

    Gateway(Vertx vertx, ScheduledExecutorService timers, Platform platform, SimulatorControl verbs) {
        this.vertx = vertx;
        this.platform = platform;
        this.oauth = new OAuthEndpoint(platform);
        this.sessions = new SessionsApi(platform);
        this.history = new HistoryApi(platform);
        this.sockets = new GuestSockets(timers, platform, verbs);
        this.control = new ControlApi(verbs);
    }

    @Override
    public void handle(HttpServerRequest request) {
        String path = request.path();
        if (path.startsWith(ControlApi.ROOT)) {
            control.handle(request);
        } else if (request.method() == HttpMethod.POST && path.equals("/oauth/token")) {
            arrived(CallKind.TOKEN, null, request);
        } else if (request.method() == HttpMethod.POST && path.equals(SESSIONS)) {
            arrived(CallKind.SESSION, null, request);
        } else if (request.method() != HttpMethod.GET || !read(path, request)) {
            platform.strange(request.method() + " " + request.uri());
            request.response().setStatusCode(404).putHeader("Content-Type", "application/json")
                    .end("{\"message\":\"No such resource\",\"code\":\"not.found\",\"status\":404}");
        }
    }

    private boolean read(String path, HttpServerRequest request) {
        return arrivedIf(DETAILS.matcher(path), CallKind.DETAILS, request)
                || arrivedIf(HISTORY.matcher(path), CallKind.HISTORY, request)
                || arrivedIf(SOCKET.matcher(path), CallKind.HANDSHAKE, request);
    }

    private boolean arrivedIf(Matcher path, CallKind kind, HttpServerRequest request) {
        boolean matches = path.matches();
        if (matches) {
            arrived(kind, path.group(1), request);
        }
        return matches;
    }

    private void arrived(CallKind kind, String id, HttpServerRequest request) {
        if (platform.down()) {
            new Call(kind, id, request, Fault.cut(), platform.counts()).cut();
            return;
        }
        if (platform.faults().silent(kind == CallKind.HANDSHAKE ? Silence.HANDSHAKES : Silence.CALLS)) {
            platform.counts().add(kind, CallCounts.NO_ANSWER);
            return;
        }
        Fault fault = platform.faults().take(kind);
        Call call = new Call(kind, id, request, fault, platform.counts());
        if (fault.delay().isZero()) {
            proceed(call);
        } else {
            // Unpaused, the body would pass by while nobody listens.
            request.pause();
            vertx.setTimer(Math.max(1, fault.delay().toMillis()), due -> {
                proceed(call);
                request.resume();
            });
        }
    }

    private void proceed(Call call) {
        if (call.request().response().closed()) {
            call.count(CallCounts.NO_ANSWER);
            return;
        }
        switch (call.fault().effect()) {
            case REFUSE -> call.refuse();
            case ENDLESS -> call.refuseEndlessly();
            case CUT -> call.cut();
            default -> carryOut(call);
        }
    }

    private void carryOut(Call call) {
        if (call.kind() == CallKind.TOKEN) {
            call.request().body().onSuccess(body -> oauth.token(call, body.toString()));
            return;
        }
        Tokens.Grant grant = platform.tokens().grant(call.request().getHeader("Authorization")).orElse(null);
        if (grant == null) {
            call.error(401, "bad.credentials", "Invalid login credentials.");
        } else if (!grant.allows(call.kind())) {
            call.error(403, "missing.scope", "The token lacks the scope " + call.kind().scope());
        } else {
            switch (call.kind()) {
                case SESSION -> call.request().body().onSuccess(body -> sessions.create(call, body));
                case DETAILS -> sessions.details(call);
                case HISTORY -> history.page(call);
                case HANDSHAKE -> sockets.connect(call);
                default -> throw new IllegalStateException("not a call of the API: " + call.kind());
            }
        }
    }
}
