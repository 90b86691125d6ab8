package io.guestchat.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** Where a guest's requests go. */
@FunctionalInterface
interface Outbox {

    /**
     * Returns once the broker has the request.
     *
     * @throws DemoFailure where it cannot be written
     */
    void send(Guest guest, JsonNode request);
}
