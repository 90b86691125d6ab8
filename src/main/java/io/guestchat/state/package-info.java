/** The durable state of the chats: the compacted topic {@code guestchat.sessions}, its records, and reading them back. */
package io.guestchat.state;
