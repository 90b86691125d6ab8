package io.guestchat.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration is wrong. It holds every fault at once, so that an operator mends them in one go. */
public final class InvalidSettingsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    InvalidSettingsException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** At least one, in the order of the keys in {@code application.properties}. */
    public List<Fault> faults() {
        return faults;
    }
}
