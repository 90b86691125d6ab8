package io.guestchat.simulator;

import io.guestchat.simulator.SessionReport.Guest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The session calls: create, and details. */
final class SessionsApi {

    private final Platform platform;

    SessionsApi(Platform platform) {
        this.platform = platform;
    }

    void create(Call call, Buffer body) {
        JsonObject request;
        try {
            request = new JsonObject(body);
        } catch (DecodeException | ClassCastException notAnObject) {
            call.error(400, "bad.request", "The request body is not a JSON object.");
            return;
        }
        List<String> errors = new ArrayList<>();
        Guest guest = guest(request, errors);
        if (!errors.isEmpty()) {
            call.error(400, "bad.request", "The request could not be understood.", errors);
            return;
        }
        SimulatedSession session = platform.open(guest);
        platform.witness().sessionMade(session.webchatSessionId(), guest.displayName());
        String created = Dates.write(session.created());
        JsonObject answer = new JsonObject().put("id", session.id()).put("webchatSessionId", session.webchatSessionId())
                .put("language", guest.language()).put("displayName", guest.displayName());
        if (guest.email() != null) {
            answer.put("email", guest.email());
        }
        call.answer(200, answer.put("createdTime", created).put("updatedTime", created));
    }

    void details(Call call) {
        SimulatedSession session = platform.session(call.id()).orElse(null);
        if (session == null) {
            call.error(404, "not.found", "The session was not found.");
            return;
        }
        JsonObject answer = new JsonObject().put("id", session.id()).put("webchatSessionId", session.webchatSessionId());
        session.conversationInDetails().ifPresent(conversation -> answer.put("conversationId", conversation));
        call.answer(200, answer.put("status", session.status()));
    }

    private static Guest guest(JsonObject request, List<String> errors) {
        String displayName = string(request, "displayName", true, errors);
        String language = string(request, "language", true, errors);
        String email = string(request, "email", false, errors);
        List<String> tags = new ArrayList<>();
        Object given = request.getValue("tags");
        if (given instanceof JsonArray array && array.stream().allMatch(String.class::isInstance)) {
            array.forEach(tag -> tags.add((String) tag));
        } else if (given != null) {
            errors.add("tags must be an array of strings");
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        Object pairs = request.getValue("metadata");
        if (pairs instanceof JsonObject object && object.stream().allMatch(e -> e.getValue() instanceof String)) {
            object.forEach(e -> metadata.put(e.getKey(), (String) e.getValue()));
        } else if (pairs != null) {
            errors.add("metadata must be an object of strings");
        }
        return new Guest(displayName, language, email, List.copyOf(tags), metadata);
    }

    private static String string(JsonObject request, String name, boolean needed, List<String> errors) {
        Object value = request.getValue(name);
        if (value instanceof String text && !text.isBlank()) {
            return text;
        }
        if (needed || value != null) {
            errors.add(name + " must be a string that is not blank");
        }
        return null;
    }
}
