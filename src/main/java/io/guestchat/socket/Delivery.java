package io.guestchat.socket;

/** Where the signals of one socket go: its frames to the consumer, everything else to the listener. */
record Delivery(SessionSocket socket, SessionWebsocketConsumer consumer, SocketListener listener) {
}
