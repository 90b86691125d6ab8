/** The GuestChat Bridge: guest chats between Kafka topics and a contact centre's platform. */
package io.guestchat;
