package io.guestchat;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Stands for an exception in the log: its class and its stack, and those of its causes, without what they say. */
final class UnquotedException extends Throwable {

    private static final long serialVersionUID = 1L;

    /** These speak of topics, hosts and certificates, in words that an operator needs; no content ever gets there. */
    private static final List<String> TRUSTED = List.of("org.apache.kafka.common.errors.", "java.net.", "javax.net.ssl.");

    UnquotedException(Throwable original) {
        this(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private UnquotedException(Throwable original, Set<Throwable> seen) {
        super(shown(original));
        seen.add(original);
        setStackTrace(original.getStackTrace());
        Throwable cause = original.getCause();
        if (cause != null && !seen.contains(cause)) {
            initCause(new UnquotedException(cause, seen));
        }
        for (Throwable suppressed : original.getSuppressed()) {
            if (!seen.contains(suppressed)) {
                addSuppressed(new UnquotedException(suppressed, seen));
            }
        }
    }

    private static String shown(Throwable original) {
        String name = original.getClass().getName();
        boolean trusted = original.getMessage() != null && TRUSTED.stream().anyMatch(name::startsWith);
        return trusted ? name + ": " + original.getMessage() : name;
    }

    /** No stack of its own. */
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
