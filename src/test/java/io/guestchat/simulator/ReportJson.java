package io.guestchat.simulator;

import io.guestchat.simulator.SessionReport.Arrival;
import io.guestchat.simulator.SessionReport.Closure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes the reports as JSON. */
final class ReportJson {

    private ReportJson() {
    }

    static JsonObject everything(SimulatorControl control) {
        List<SessionReport> reports = control.sessions();
        JsonArray sessions = new JsonArray();
        reports.forEach(report -> sessions.add(session(report)));
        return counts(control)
                .put("connected", reports.stream().filter(SessionReport::connected).count())
                .put("texts", reports.stream().mapToLong(report -> report.texts().size()).sum())
                .put("sessions", sessions);
    }

    /** {@code {"calls": {"token": {"200": 1}, …}}}; status 0 stands for no answer. */
    static JsonObject counts(SimulatorControl control) {
        JsonObject calls = new JsonObject();
        for (CallKind kind : CallKind.values()) {
            JsonObject byStatus = new JsonObject();
            control.counts().byStatus(kind).forEach((status, count) -> byStatus.put(status.toString(), count));
            calls.put(kind.word(), byStatus);
        }
        return new JsonObject().put("calls", calls);
    }

    static JsonObject session(SessionReport report) {
        JsonArray arrived = new JsonArray();
        report.arrived().forEach(arrival -> arrived.add(arrival(arrival)));
        JsonArray closures = new JsonArray();
        report.closures().forEach(closure -> closures.add(closure(closure)));
        JsonArray history = new JsonArray();
        report.history().forEach(text -> history.add(new JsonObject().put("id", text.id()).put("direction", text.direction())
                .put("text", text.text()).put("date", Dates.write(text.date()))));
        SessionReport.Guest guest = report.guest();
        JsonObject metadata = new JsonObject();
        guest.metadata().forEach(metadata::put);
        return new JsonObject().put("webchatSessionId", report.webchatSessionId()).put("id", report.id())
                .put("conversationId", report.conversationId()).put("status", report.status())
                .put("displayName", guest.displayName()).put("language", guest.language()).put("email", guest.email())
                .put("tags", new JsonArray(guest.tags())).put("metadata", metadata)
                .put("createdTime", Dates.write(report.created())).put("handshakes", report.handshakes())
                .put("connected", report.connected()).put("arrived", arrived).put("dropped", report.dropped())
                .put("closures", closures).put("history", history);
    }

    private static JsonObject arrival(Arrival arrival) {
        return new JsonObject().put("socket", arrival.socket()).put("type", arrival.type()).put("text", arrival.text())
                .put("conversationId", arrival.conversationId()).put("at", Dates.write(arrival.at()));
    }

    private static JsonObject closure(Closure closure) {
        return new JsonObject().put("socket", closure.socket()).put("sent", closure.sent()).put("received", closure.received());
    }
}
