package io.guestchat.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells the simulator what to do, over its control endpoint. */
final class PlatformControl {

    private final HttpClient http;
    private final URI control;

    PlatformControl(HttpClient http, String url) {
        this.http = http;
        this.control = URI.create(url + "/control/");
    }

    /** Session calls and handshakes are answered so much later from now on. */
    void answerLate(Duration delay) {
        if (!delay.isZero()) {
            for (String kind : new String[] {"session", "handshake"}) {
                tell("refuse", "{\"kind\":\"" + kind + "\",\"count\":1000000000,\"delayMs\":" + delay.toMillis() + "}");
            }
        }
    }

    void answerAtOnce() {
        tell("clear-faults", "{}");
    }

    /** Resets the connections of all sockets. */
    void dropAll() {
        tell("drop", "{}");
    }

    /** Once a run's processes are gone: what the platform remembers would grow from run to run. */
    void forgetAll() {
        Patience.untilTrue("no socket is left at the platform", () -> tell("forget", "{}").contains("\"kept\":0"));
    }

    private String tell(String verb, String body) {
        try {
            HttpResponse<String> answer = http.send(HttpRequest.newBuilder(control.resolve(verb))
                    .POST(HttpRequest.BodyPublishers.ofString(body)).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("the simulator refuses " + verb + ": " + answer.body());
            }
            return answer.body();
        } catch (IOException noAnswer) {
            throw new UncheckedIOException(noAnswer);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
