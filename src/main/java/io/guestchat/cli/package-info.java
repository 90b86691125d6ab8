/** The operators' tools in the jar: dead letters and chats, from Kafka's side alone. They are no part of a running bridge. */
package io.guestchat.cli;
