package io.guestchat;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;

/** Says in one line why the start failed. */
final class StartFailure {

    private static final int LONGEST = 500;

    private StartFailure() {
    }

    /** The innermost message: Camel's outer ones repeat it. They add the route, so that stands before it. */
    static String reasonOf(Throwable failure) {
        List<Throwable> chain = Stream.iterate(failure, Objects::nonNull, Throwable::getCause).toList();
        String route = chain.stream().map(StartFailure::routeOf).filter(Objects::nonNull).findFirst()
                .map(id -> "route " + id + ": ").orElse("");
        Throwable cause = chain.stream().filter(t -> !messageOf(t).isEmpty()).reduce((outer, inner) -> inner).orElse(failure);
        String message = messageOf(cause);
        // A message of one word says too little by itself: a NoSuchFileException has but the file's name.
        String reason = message.contains(" ") ? message : cause.getClass().getSimpleName() + ": " + message;
        return route + (reason.length() <= LONGEST ? reason : reason.substring(0, LONGEST) + "...");
    }

    private static String routeOf(Throwable failure) {
        if (failure instanceof FailedToCreateRouteException creating) {
            return creating.getRouteId();
        }
        return failure instanceof FailedToStartRouteException starting ? starting.getRouteId() : null;
    }

    private static String messageOf(Throwable failure) {
        return Objects.requireNonNullElse(failure.getMessage(), "").replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
