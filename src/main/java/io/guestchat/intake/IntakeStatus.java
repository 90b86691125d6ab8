package io.guestchat.intake;

import java.time.Duration;

/**
 * The requests consumer at one moment, for health and metrics.
 *
 * @param joined               whether it is a member of its group and has reached the group's coordinator lately
 * @param partitionsAssigned   how many partitions are this instance's
 * @param partitionsNotRead    how many of them still wait for their owner's state
 * @param partitionsHeldBack   how many of them are not read further because too many of their records are unfinished
 * @param sinceLastPoll        how long ago the consumer was polled; null where never
 * @param oldestUnfinishedAge  how long ago the oldest unfinished record came; zero where none is unfinished
 * @param unfinished           how many records are unfinished
 */
public record IntakeStatus(boolean joined, int partitionsAssigned, int partitionsNotRead, int partitionsHeldBack,
        Duration sinceLastPoll, Duration oldestUnfinishedAge, int unfinished) {
}
