package io.guestchat.simulator;

import io.netty.channel.Channel;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import java.util.UUID;

/** One call on its way: the request, the fault it met, and its one answer, which is counted. Belongs to its event loop. */
final class Call {

    private static final Buffer BLOCK = Buffer.buffer(" ".repeat(64 * 1024));

    private final CallKind kind;
    private final String id;
    private final HttpServerRequest request;
    private final Fault fault;
    private final CallCounts counts;

    /**
     * @param id the session or conversation that the path names; null where it names none
     */
    Call(CallKind kind, String id, HttpServerRequest request, Fault fault, CallCounts counts) {
        this.kind = kind;
        this.id = id;
        this.request = request;
        this.fault = fault;
        this.counts = counts;
    }

    CallKind kind() {
        return kind;
    }

    String id() {
        return id;
    }

    HttpServerRequest request() {
        return request;
    }

    Fault fault() {
        return fault;
    }

    void count(int status) {
        counts.add(kind, status);
    }

    void answer(int status, JsonObject body) {
        addHeaders();
        if (fault.effect() == Fault.Effect.CUT_AFTER) {
            cut();
        } else {
            send(status, "application/json", body.encode());
        }
    }

    /** The platform's error: {@code {message, code, status, contextId, details, errors}}. */
    void error(int status, String code, String message, List<String> errors) {
        if (status == 401) {
            request.response().putHeader("WWW-Authenticate", "Bearer");
        }
        answer(status, errorBody(status, code, message, errors));
    }

    void error(int status, String code, String message) {
        error(status, code, message, List.of());
    }

    /** Those that the fault tells, to whatever is answered. */
    void addHeaders() {
        String authorization = String.valueOf(request.getHeader("Authorization"));
        fault.headers().forEach((name, value) ->
                request.response().putHeader(name, value.replace(Fault.REQUEST, authorization)));
    }

    /** Answers as the fault says. */
    void refuse() {
        addHeaders();
        if (fault.body() != null && fault.body().contains(Fault.REQUEST)) {
            request.body().onSuccess(body ->
                    send(fault.status(), "application/json", fault.body().replace(Fault.REQUEST, quoted(body.toString()))));
        } else if (fault.body() != null) {
            send(fault.status(), "text/plain; charset=utf-8", fault.body());
        } else {
            String message = "Refused as told";
            send(fault.status(), "application/json", errorBody(fault.status(), "refused", message, List.of()).encode());
        }
    }

    /** Answers, and goes on answering for as long as anybody reads. */
    void refuseEndlessly() {
        count(fault.status());
        goOn(request.response().setStatusCode(fault.status()).setChunked(true));
    }

    private static void goOn(HttpServerResponse response) {
        if (!response.closed()) {
            response.write(BLOCK).onSuccess(written -> goOn(response));
        }
    }

    /** Resets the connection instead of an answer. */
    void cut() {
        count(CallCounts.NO_ANSWER);
        GuestSocket.reset(channel());
    }

    private Channel channel() {
        return ((ConnectionBase) request.connection()).channel();
    }

    private void send(int status, String type, String body) {
        count(status);
        HttpServerResponse response = request.response();
        if (!response.closed()) {
            if (!response.headers().contains("Content-Type")) {
                response.putHeader("Content-Type", type);
            }
            response.setStatusCode(status).end(body);
        }
    }

    /** The request, as the inside of a JSON string. */
    private String quoted(String body) {
        StringBuilder whole = new StringBuilder(request.method() + " " + request.uri());
        request.headers().forEach((name, value) -> whole.append("\n").append(name).append(": ").append(value));
        String json = Json.encode(whole.append("\n\n").append(body).toString());
        return json.substring(1, json.length() - 1);
    }

    private static JsonObject errorBody(int status, String code, String message, List<String> errors) {
        return new JsonObject().put("message", message).put("code", code).put("status", status)
                .put("contextId", UUID.randomUUID().toString()).put("details", new JsonArray())
                .put("errors", new JsonArray(errors));
    }
}
