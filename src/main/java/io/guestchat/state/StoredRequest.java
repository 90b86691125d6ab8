package io.guestchat.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.guestchat.contract.Failure;
import java.util.List;

/**
 * A request that stands in the session's state: its value and headers byte for byte (Base64 in JSON), so that it can still be
 * carried out, or become a dead letter, after its offset was committed. Its key is the chat id.
 *
 * @param failure why it was refused, where it was; its outcome is told again until the state is gone
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredRequest(long offset, long timestamp, byte[] value, List<StoredHeader> headers, Failure failure) {

    public StoredRequest {
        headers = headers == null ? List.of() : List.copyOf(headers);
    }

    /** One header of the request's record. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record StoredHeader(String key, byte[] value) {

        @Override
        public String toString() {
            return "StoredHeader";
        }
    }

    public StoredRequest refused(Failure why) {
        return new StoredRequest(offset, timestamp, value, headers, why);
    }

    /** Without value and headers. */
    @Override
    public String toString() {
        return "StoredRequest[" + offset + "]";
    }
}
