package io.guestchat.socket;

import java.util.OptionalLong;

import io.vertx.core.buffer.Buffer;

/** The numbers of the pings that were asked for, and which pongs answer them. */
final class PingLedger {

    /** A keep-alive ping needs no number: any pong is a sign of life. */
    static final Buffer KEEPALIVE = Buffer.buffer("k");

    private long asked;
    private long answered;

    synchronized long next() {
        return ++asked;
    }

    static Buffer payload(long number) {
        return Buffer.buffer(Long.BYTES).appendLong(number);
    }

    /** The number that a pong answers. Empty for a keep-alive's pong, one that was not asked for, and one that comes twice. */
    synchronized OptionalLong answered(Buffer payload) {
        if (payload.length() != Long.BYTES) {
            return OptionalLong.empty();
        }
        long number = payload.getLong(0);
        if (number <= answered || number > asked) {
            return OptionalLong.empty();
        }
        answered = number;
        return OptionalLong.of(number);
    }
}
