package io.guestchat.cli;

import io.guestchat.config.DurationText;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time in ISO 8601 with its offset, or how long ago it was as {@code application.properties} writes durations. */
final class PointInTime implements ITypeConverter<Instant> {

    private final Clock clock;

    PointInTime(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant convert(String text) {
        return DurationText.parse(text).map(ago -> clock.instant().minus(ago)).orElseGet(() -> iso(text));
    }

    private static Instant iso(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException neither) {
            throw new TypeConversionException("'" + text
                    + "' is neither a time like 2026-11-22T15:00:00Z nor how long ago, like 2h");
        }
    }
}
