/**
 * Whose chats are whose. An instance has the chats of the partitions that the consumer group gives it, with their state and their
 * sockets; this package takes them up, keeps their durable state behind nobody's back, and gives them away.
 */
package io.guestchat.ownership;
