/**
 * One chat and all that belongs to it: the state of its session, its texts both ways, the requests it has taken. Nothing here
 * knows a route, a topic or a frame. Everything of one chat is touched only in that chat's {@link io.guestchat.chat.Turn}, but
 * for what says otherwise.
 */
package io.guestchat.chat;
