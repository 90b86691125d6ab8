/**
 * Requests in: one Kafka consumer that works on many chats at once, keeps each chat's order and commits, per partition, the
 * lowest offset that is not carried out (contract, "What is promised").
 *
 * <p>The way of a record: {@code TrackingConsumer} polls and registers it on Camel's consumer thread, {@link
 * io.guestchat.intake.RequestIntake} takes it out of the exchange, {@link io.guestchat.intake.ChatLanes} carries it out after the
 * records of its chat that came before, and {@link io.guestchat.intake.RequestRecord#done()} releases its offset.
 */
package io.guestchat.intake;
