package io.guestchat.contract;

import com.fasterxml.jackson.annotation.JsonIgnore;

/** What every record out has in common: enough to make it a CloudEvent (contract, "Topics"). */
public sealed interface OutgoingRecord permits Event, AgentMessage, HistoryPage {

    /** The CloudEvents id. */
    String id();

    /** The record key and the CloudEvents subject. */
    String chatId();

    /** The {@code <name>} in {@code io.guestchat.<name>.v1}. */
    @JsonIgnore
    String name();
}
