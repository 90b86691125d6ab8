package io.guestchat.simulator;

import io.guestchat.simulator.SimulatorOptions.Answering;
import io.guestchat.simulator.SimulatorOptions.Assignment;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;

/**
 * The control endpoint: the verbs of {@link SimulatorControl} as {@code POST /control/<verb>} with a JSON object, the reports as
 * {@code GET}. {@code session} is a webchat session id, a conversation id or a display name.
 *
 * <table>
 * <caption>Verbs</caption>
 * <tr><td>{@code say}</td><td>{@code session}, {@code text}</td></tr>
 * <tr><td>{@code type}</td><td>{@code session}</td></tr>
 * <tr><td>{@code push}</td><td>{@code session}, {@code frame}: sent as it stands and not stored; a list of texts is one frame in
 *     fragments</td></tr>
 * <tr><td>{@code push-binary}</td><td>{@code session}, {@code bytes}: how many</td></tr>
 * <tr><td>{@code assign}</td><td>{@code session}, {@code by?}: {@code frame}, {@code details}, {@code both}</td></tr>
 * <tr><td>{@code end}</td><td>{@code session}, {@code status?}</td></tr>
 * <tr><td>{@code expire}</td><td>{@code session}</td></tr>
 * <tr><td>{@code drop}</td><td>{@code session?} (else all), {@code code?} (else without a close frame), {@code reason?}</td></tr>
 * <tr><td>{@code refuse}</td><td>{@code kind}, {@code count?} (1), {@code status?}, {@code headers?}, {@code body?},
 *     {@code delayMs?}, {@code effect?}: {@code refuse}, {@code answer} (only late; the default without a status),
 *     {@code endless}, {@code cut}, {@code cut_after}</td></tr>
 * <tr><td>{@code clear-faults}, {@code expire-tokens}</td><td></td></tr>
 * <tr><td>{@code forget}</td><td>all sessions without an open socket; answers how many it {@code kept}</td></tr>
 * <tr><td>{@code silence}</td><td>{@code calls?}, {@code handshakes?}, {@code frames?}, {@code pushes?}, {@code pings?}:
 *     true to stop answering, false to answer again</td></tr>
 * <tr><td>{@code configure}</td><td>{@code answering?}, {@code assignment?}, {@code assignmentDelayMs?}, {@code answerDelayMs?},
 *     {@code acks?}, {@code echo?}</td></tr>
 * </table>
 *
 * <p>{@code GET /control/report} is everything, {@code GET /control/sessions/<session>} one session, {@code GET /control/counts}
 * the counts alone. Errors: 400 for what cannot be read, 404 for an unknown session or verb, 409 where the session is over.
 */
final class ControlApi {

    static final String ROOT = "/control/";

    private final SimulatorControl control;

    ControlApi(SimulatorControl control) {
        this.control = control;
    }

    void handle(HttpServerRequest request) {
        String verb = request.path().substring(ROOT.length());
        request.body().onSuccess(body -> {
            try {
                JsonObject answer = request.method() == HttpMethod.GET ? report(verb) : carryOut(verb, read(body));
                answer(request, 200, answer);
            } catch (NoSuchElementException unknown) {
                answer(request, 404, new JsonObject().put("error", unknown.getMessage()));
            } catch (IllegalStateException over) {
                answer(request, 409, new JsonObject().put("error", over.getMessage()));
            } catch (IllegalArgumentException | ClassCastException | NullPointerException | DecodeException unreadable) {
                answer(request, 400, new JsonObject().put("error", String.valueOf(unreadable.getMessage())));
            }
        });
    }

    private JsonObject report(String what) {
        if (what.equals("report")) {
            return ReportJson.everything(control);
        }
        if (what.equals("counts")) {
            return ReportJson.counts(control);
        }
        if (what.startsWith("sessions/")) {
            String which = what.substring("sessions/".length());
            return ReportJson.session(control.session(URLDecoder.decode(which, StandardCharsets.UTF_8)));
        }
        throw new NoSuchElementException("no such report");
    }

    private JsonObject carryOut(String verb, JsonObject body) {
        JsonObject done = new JsonObject().put("done", verb);
        switch (verb) {
            case "say" -> done.put("id", control.say(session(body), needed(body, "text")).id());
            case "type" -> control.type(session(body));
            case "push" -> push(body);
            case "push-binary" -> control.pushBinary(session(body), new byte[body.getInteger("bytes", 1)]);
            case "assign" -> assign(body);
            case "end" -> control.end(session(body), body.getString("status", "closed"));
            case "expire" -> control.expire(session(body));
            case "drop" -> done.put("sockets", drop(body));
            case "refuse" -> refuse(body);
            case "clear-faults" -> control.clearFaults();
            case "expire-tokens" -> control.expireTokens();
            case "forget" -> done.put("kept", control.forget());
            case "silence" -> silence(body);
            case "configure" -> configure(body);
            default -> throw new NoSuchElementException("no such verb");
        }
        return done;
    }

    private void push(JsonObject body) {
        Object frame = body.getValue("frame");
        List<?> fragments = frame instanceof JsonArray list ? list.getList() : List.of(Objects.requireNonNull(frame, "frame"));
        control.push(session(body), fragments.stream().map(String.class::cast).toArray(String[]::new));
    }

    private void assign(JsonObject body) {
        String by = body.getString("by");
        if (by == null) {
            control.assign(session(body));
        } else {
            control.assign(session(body), constant(Assignment.class, by));
        }
    }

    private int drop(JsonObject body) {
        Integer code = body.getInteger("code");
        String reason = body.getString("reason", "");
        if (code != null && (code < 1000 || code > 4999)) {
            throw new IllegalArgumentException("code must be 1000 to 4999");
        }
        if (body.getString("session") == null) {
            return code == null ? control.cutAll() : control.dropAll(code, reason);
        }
        boolean dropped = code == null ? control.cut(session(body)) : control.drop(session(body), code, reason);
        return dropped ? 1 : 0;
    }

    private void refuse(JsonObject body) {
        int status = body.getInteger("status", 0);
        String otherwise = status == 0 ? "answer" : "refuse";
        Map<String, String> headers = new HashMap<>();
        body.getJsonObject("headers", new JsonObject()).forEach(e -> headers.put(e.getKey(), String.valueOf(e.getValue())));
        Fault fault = new Fault(constant(Fault.Effect.class, body.getString("effect", otherwise)), status, headers,
                body.getString("body"), Duration.ofMillis(body.getLong("delayMs", 0L)));
        control.refuse(constant(CallKind.class, needed(body, "kind")), body.getInteger("count", 1), fault);
    }

    private void silence(JsonObject body) {
        for (String name : body.fieldNames()) {
            Silence silence = constant(Silence.class, name);
            if (body.getBoolean(name)) {
                control.silence(silence);
            } else {
                control.unsilence(silence);
            }
        }
    }

    private void configure(JsonObject body) {
        control.reconfigure(options -> {
            for (String name : body.fieldNames()) {
                switch (name) {
                    case "answering" -> options.answering(constant(Answering.class, body.getString(name)));
                    case "assignment" -> options.assignment(constant(Assignment.class, body.getString(name)));
                    case "assignmentDelayMs" -> options.assignmentDelay(Duration.ofMillis(body.getLong(name)));
                    case "answerDelayMs" -> options.answerDelay(Duration.ofMillis(body.getLong(name)));
                    case "acks" -> options.acks(body.getBoolean(name));
                    case "echo" -> options.echo(body.getBoolean(name));
                    default -> throw new IllegalArgumentException("no such option: " + name);
                }
            }
            return options;
        });
    }

    private static JsonObject read(Buffer body) {
        return body.length() == 0 ? new JsonObject() : new JsonObject(body);
    }

    private static String session(JsonObject body) {
        return needed(body, "session");
    }

    private static String needed(JsonObject body, String name) {
        String value = body.getString(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is needed");
        }
        return value;
    }

    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response().setStatusCode(status).putHeader("Content-Type", "application/json").end(body.encode());
    }
}
