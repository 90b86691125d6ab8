package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * One record of {@code guestchat.events}.
 *
 * @param id derived, never drawn, so that what is published again after a crash has the same id (contract, "Events")
 * @param at ISO 8601 in UTC with milliseconds
 * @param requestId the id of the request that caused it; null where there was none
 * @param detail the further fields of its type
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"id", "chatId", "type", "at", "requestId"})
public record Event(String id, String chatId, String at, String requestId, @JsonUnwrapped EventDetail detail)
        implements OutgoingRecord {

    public String getType() {
        return detail.type();
    }

    @Override
    @JsonIgnore
    public String name() {
        return detail.type();
    }

    /** Without its fields: a detail may quote a platform's words. */
    @Override
    public String toString() {
        return "Event[" + id + "]";
    }
}
