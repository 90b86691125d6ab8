package io.guestchat.state;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.guestchat.contract.Failure;
import java.util.List;
import java.util.Map;

/**
 * One record of {@code guestchat.sessions}: what has to outlive the process for one chat. It never holds a token or a secret.
 * Fields that this version does not know are kept and written again, so that an older instance beside a newer one loses nothing.
 *
 * @param version of this form; {@link #VERSION}
 * @param generation the consumer group's generation of the owner that wrote it
 * @param state {@code starting}, {@code connecting}, {@code connected}, {@code lost} or {@code ended}
 * @param webchatSessionId null while {@code starting}
 * @param conversationId null before one is assigned
 * @param lastOffset every request of the chat up to this offset of its partition has been carried out, refused or is held here
 * @param start the request whose session is being created; only while {@code starting}
 * @param held texts that are not settled and no longer depend on their offset, in order
 * @param refused requests whose refusal is told when the chat ends
 * @param settledTexts how many texts of the guest are settled
 * @param publishedTexts how many agent texts are published: the last one's {@code n}
 * @param unpublished agent texts that were numbered before a conversation was there; no history would bring them back
 * @param recentHashes short hashes of the last published texts, oldest first, at most 32
 * @param anchor where the history stood when it was last read
 * @param losses how often the session's socket was lost
 * @param end why the chat ended; only in {@code ended}
 * @param untold types of lifecycle events that this state implies and that may not have been published yet
 * @param lastActivity when something last went through the chat, either way, in epoch milliseconds, as far as it was known when the
 *        state was written, which typing alone does not bring about; 0 where nothing has, or an older version has written it
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = false)
public record SessionRecord(
        @JsonInclude(JsonInclude.Include.ALWAYS) int version,
        @JsonInclude(JsonInclude.Include.ALWAYS) int generation,
        String state,
        String webchatSessionId,
        String conversationId,
        @JsonInclude(JsonInclude.Include.ALWAYS) long lastOffset,
        StoredRequest start,
        List<StoredRequest> held,
        List<StoredRequest> refused,
        @JsonInclude(JsonInclude.Include.ALWAYS) long settledTexts,
        @JsonInclude(JsonInclude.Include.ALWAYS) long publishedTexts,
        List<StoredText> unpublished,
        List<String> recentHashes,
        Anchor anchor,
        @JsonInclude(JsonInclude.Include.ALWAYS) int losses,
        End end,
        List<String> untold,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) long lastActivity,
        @JsonAnySetter @JsonProperty(access = JsonProperty.Access.WRITE_ONLY) Map<String, JsonNode> unknown) {

    public static final int VERSION = 1;

    /**
     * How many bytes of requests one state may hold. In Base64, with the rest of the state, they stay below the megabyte that
     * Kafka takes for a record by default; a state that could not be written would hold up its partition.
     */
    public static final int MOST_STORED = 600_000;

    public SessionRecord {
        held = held == null ? List.of() : List.copyOf(held);
        refused = refused == null ? List.of() : List.copyOf(refused);
        unpublished = unpublished == null ? List.of() : List.copyOf(unpublished);
        recentHashes = recentHashes == null ? List.of() : List.copyOf(recentHashes);
        untold = untold == null ? List.of() : List.copyOf(untold);
        unknown = unknown == null ? Map.of() : Map.copyOf(unknown);
    }

    @JsonAnyGetter
    Map<String, JsonNode> others() {
        return unknown;
    }

    /** An agent text with its number. {@code from} may be null. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredText(long n, String text, String at, String from) {

        @Override
        public String toString() {
            return "StoredText[" + n + "]";
        }
    }

    /** The newest entry of the history at its last reading, and what was published and settled up to it. */
    public record Anchor(String lastHistoryId, long publishedTexts, long settledTexts) {
    }

    /**
     * Why the chat ended.
     *
     * @param reason the contract's word; null where a {@code start} failed: such a chat never was, and no {@code chat-ended} is
     *        told
     * @param request the id of the {@code end} request; null where there was none
     * @param at epoch milliseconds: a request that was made before is not one for an unknown chat
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record End(String reason, Failure error, String request, String traceparent, long at) {
    }

    /** Without texts. */
    @Override
    public String toString() {
        return "SessionRecord[" + state + ", " + webchatSessionId + ", " + lastOffset + "]";
    }
}
