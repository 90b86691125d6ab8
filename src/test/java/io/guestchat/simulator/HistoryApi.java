package io.guestchat.simulator;

import io.guestchat.simulator.SimulatorOptions.HistoryOrder;
import io.guestchat.simulator.SimulatorOptions.NextPage;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code GET /api/v2/conversations/webchat/{conversationId}/messages}: the history, page by page. */
final class HistoryApi {

    private static final int DEFAULT_SIZE = 25;
    private static final int LARGEST = 100;

    private final Platform platform;

    HistoryApi(Platform platform) {
        this.platform = platform;
    }

    void page(Call call) {
        int size = number(call.request().getParam("pageSize"), DEFAULT_SIZE);
        int page = number(call.request().getParam("pageNumber"), 1);
        SimulatedSession session = platform.conversation(call.id()).orElse(null);
        if (size < 1 || size > LARGEST || page < 1) {
            call.error(400, "bad.request", "pageSize must be 1 to " + LARGEST + " and pageNumber 1 or more.");
        } else if (session == null) {
            call.error(404, "not.found", "The conversation was not found.");
        } else {
            JsonObject answer = page(call, session, size, page);
            platform.witness().pageRead(session.webchatSessionId(), page);
            call.answer(200, answer);
        }
    }

    private JsonObject page(Call call, SimulatedSession session, int size, int page) {
        List<StoredText> texts = new ArrayList<>(session.history());
        texts.subList(0, Math.max(0, texts.size() - platform.options().historyDepth())).clear();
        if (platform.options().historyOrder() == HistoryOrder.NEWEST_FIRST) {
            Collections.reverse(texts);
        }
        int from = (int) Math.min((long) (page - 1) * size, texts.size());
        int to = Math.min(from + size, texts.size());
        JsonArray entities = new JsonArray();
        texts.subList(from, to).forEach(text -> entities.add(entity(call.id(), session, text)));
        return new JsonObject().put("entities", entities).put("pageSize", size).put("pageNumber", page)
                .put("nextPage", to < texts.size() || platform.options().nextPage() == NextPage.ENDLESS
                        ? nextPage(call, size, page + 1) : null);
    }

    private JsonObject entity(String conversationId, SimulatedSession session, StoredText text) {
        JsonObject guest = new JsonObject().put("name", session.guest().displayName()).put("externalId", session.id());
        JsonObject agent = new JsonObject().put("name", platform.options().agentName()).put("externalId", "agent");
        return new JsonObject().put("id", text.id()).put("conversationId", conversationId)
                .put("from", text.fromGuest() ? guest : agent).put("to", text.fromGuest() ? agent : guest)
                .put("text", text.text()).put("date", Dates.write(text.date())).put("direction", text.direction());
    }

    private Object nextPage(Call call, int size, int number) {
        HttpServerRequest request = call.request();
        String path = request.path() + "?pageSize=" + size + "&pageNumber=" + number;
        return switch (platform.options().nextPage()) {
            case PATH, ENDLESS -> path;
            case NUMBER -> number;
            case URL -> request.scheme() + "://" + request.authority() + path;
        };
    }

    private static int number(String given, int otherwise) {
        try {
            return given == null ? otherwise : Integer.parseInt(given);
        } catch (NumberFormatException notANumber) {
            return -1;
        }
    }
}
