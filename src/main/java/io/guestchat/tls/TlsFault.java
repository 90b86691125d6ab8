package io.guestchat.tls;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Says why TLS failed, in words for an operator: the exceptions' own name hosts, and bury the reason three causes deep. */
public final class TlsFault {

    private TlsFault() {
    }

    /** Whether the failure is one of TLS, not of the network under it. */
    public static boolean isOne(Throwable failure) {
        return chain(failure).stream().anyMatch(SSLException.class::isInstance);
    }

    /** One phrase, such as {@code TLS failed: the certificate is for another host}. */
    public static String tell(Throwable failure) {
        List<Throwable> chain = chain(failure);
        return "TLS failed: " + chain.stream().map(TlsFault::known).filter(Objects::nonNull).findFirst()
                .orElseGet(() -> chain.stream().filter(SSLException.class::isInstance).findFirst().orElse(failure)
                        .getClass().getSimpleName());
    }

    private static String known(Throwable failure) {
        if (failure instanceof CertificateExpiredException) {
            return "the certificate has expired";
        }
        if (failure instanceof CertificateNotYetValidException) {
            return "the certificate is not valid yet";
        }
        if (failure instanceof CertPathBuilderException) {
            return "no trusted authority has signed the certificate";
        }
        String message = Objects.requireNonNullElse(failure.getMessage(), "");
        // The JDK has no class of its own for it (sun.security.util.HostnameChecker).
        boolean name = failure instanceof CertificateException && (message.startsWith("No subject alternative")
                || message.startsWith("No name matching"));
        if (name || failure instanceof SSLPeerUnverifiedException) {
            return "the certificate is for another host";
        }
        if (failure instanceof SSLException && message.matches(".*fatal alert: (bad_certificate|certificate_\\w+|unknown_ca|"
                + "handshake_failure|access_denied)")) {
            return "the other side refuses our certificate, or wants one";
        }
        return null;
    }

    private static List<Throwable> chain(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(20).toList();
    }
}
