package io.guestchat.dialect.webchat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.guestchat.contract.GuestRequest.Guest;
import io.guestchat.dialect.Dialect;
import io.guestchat.dialect.HistorySlice;
import io.guestchat.dialect.PlatformCall;
import io.guestchat.dialect.PlatformFrame;
import io.guestchat.dialect.SessionDetails;
import io.guestchat.dialect.UnusableAnswerException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The guest chat API's paths, close codes and end words. What its answers and frames hold is read by {@link Answers} and {@link
 * Frames}.
 */
public final class WebchatDialect implements Dialect {

    /** What the calls and the sockets need together. */
    public static final Set<String> SCOPES =
            Set.of("webchat:guest:write", "webchat:guest:read", "conversation:webchat:read", "conversation:webchat:write");

    private static final String SESSIONS = "/api/v2/webchat/guests/sessions";

    /** An id becomes a segment of a path: nothing that could leave it. */
    private static final Pattern SESSION_ID = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._~-]{1,200}");

    private static final int NORMAL_CLOSURE = 1000;
    private static final int NEWER_SOCKET = 4000;

    @Override
    public PlatformCall createSession(Guest guest) {
        ObjectNode body = JsonNodeFactory.instance.objectNode()
                .put("language", guest.language())
                .put("displayName", guest.displayName());
        if (guest.email() != null) {
            body.put("email", guest.email());
        }
        if (guest.tags() != null) {
            guest.tags().forEach(body.putArray("tags")::add);
        }
        if (guest.metadata() != null) {
            guest.metadata().forEach(body.putObject("metadata")::put);
        }
        return new PlatformCall(PlatformCall.Kind.CREATE_SESSION, "POST", SESSIONS, null, body.toString());
    }

    @Override
    public String session(byte[] answer) throws UnusableAnswerException {
        JsonNode id = Answers.object(answer).path("webchatSessionId");
        if (!id.isTextual() || !SESSION_ID.matcher(id.textValue()).matches()) {
            throw new UnusableAnswerException("the session answer has no usable webchatSessionId");
        }
        return id.textValue();
    }

    @Override
    public PlatformCall sessionDetails(PlatformCall.Kind kind, String webchatSessionId) {
        return new PlatformCall(kind, "GET", SESSIONS + "/" + segment(webchatSessionId), null, null);
    }

    @Override
    public SessionDetails details(byte[] answer) throws UnusableAnswerException {
        JsonNode details = Answers.object(answer);
        String status = Answers.text(details, "status");
        return new SessionDetails(Answers.conversationId(details), status, ended(status));
    }

    private static SessionDetails.Ended ended(String status) {
        if (status == null) {
            return null;
        }
        return switch (status) {
            case "expired" -> SessionDetails.Ended.EXPIRED;
            case "closed", "ended" -> SessionDetails.Ended.CLOSED;
            default -> null;
        };
    }

    @Override
    public PlatformCall historyPage(PlatformCall.Kind kind, String conversationId, int pageSize, int pageNumber) {
        return new PlatformCall(kind, "GET", "/api/v2/conversations/webchat/" + segment(conversationId) + "/messages",
                "pageSize=" + pageSize + "&pageNumber=" + pageNumber, null);
    }

    @Override
    public HistorySlice history(byte[] answer, int asked) throws UnusableAnswerException {
        return Answers.history(answer, asked);
    }

    @Override
    public URI socket(URI websocketUrl, String webchatSessionId) {
        return URI.create(websocketUrl + "/webchat/v1/guests/sessions/" + segment(webchatSessionId));
    }

    @Override
    public PlatformFrame frame(String text) {
        return Frames.read(text);
    }

    @Override
    public String textFrame(String text, String conversationId) {
        return Frames.text(text, conversationId);
    }

    @Override
    public String typingFrame(String conversationId) {
        return Frames.typing(conversationId);
    }

    @Override
    public CloseMeaning closed(Integer code) {
        if (code == null) {
            return CloseMeaning.LOST;
        }
        return switch (code) {
            case NORMAL_CLOSURE -> CloseMeaning.ENDED;
            case NEWER_SOCKET -> CloseMeaning.DISPLACED;
            default -> CloseMeaning.LOST;
        };
    }

    @Override
    public RefusalMeaning refused(Integer status) {
        if (status == null) {
            return RefusalMeaning.RETRY;
        }
        return switch (status) {
            case 400, 404, 410 -> RefusalMeaning.EXPIRED;
            case 401 -> RefusalMeaning.UNAUTHORIZED;
            case 403 -> RefusalMeaning.FORBIDDEN;
            default -> RefusalMeaning.RETRY;
        };
    }

    /** A path segment; a plus sign would be read as itself there, so a space becomes %20. */
    private static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
