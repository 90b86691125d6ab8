package io.guestchat.packaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Optional;

/** The form of {@code ENTRYPOINT} that starts the program itself, as process 1, with no shell that would swallow a SIGTERM. */
final class ExecForm {

    private static final JsonMapper JSON = new JsonMapper();

    private ExecForm() {
    }

    /** The program and its arguments; empty where the text is of the shell form, as an engine decides it. */
    static Optional<List<String>> parse(String arguments) {
        try {
            return Optional.of(List.of(JSON.readValue(arguments, String[].class)));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
