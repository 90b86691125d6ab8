/**
 * One chat and all that belongs to it: the state of its session, its texts both ways, the requests it has taken. Nothing here
 * knows a route, a topic or a frame. Everything of one chat is touched only in that chat's {@link io.guestchat.chat.Turn}, but
 * for what says otherwise.
 *
 * <p>Ten thousands of chats are open and say nothing, so what holds a chat's things begins with no room: the usual room of a dozen
 * deques is a kilobyte.
 */
package io.guestchat.chat;
