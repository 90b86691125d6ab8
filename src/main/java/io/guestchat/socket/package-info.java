/**
 * The WebSocket consumer of a session: camel-vertx-websocket, mended by subclasses and bound under its own scheme.
 *
 * <p>{@link io.guestchat.socket.SessionWebsocketComponent} is the door. One consumer is one socket's life: connect, frames in
 * their order, one end. Nothing in here connects again; whoever wants another socket opens another consumer.
 */
package io.guestchat.socket;
