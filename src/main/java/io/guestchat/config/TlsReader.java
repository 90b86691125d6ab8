package io.guestchat.config;

import io.guestchat.tls.Certificates;
import io.guestchat.tls.ClientIdentity;
import io.guestchat.tls.ClientTls;
import io.guestchat.tls.UnusablePemException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/** Reads the PEM files that the keys of TLS name, so that a file that cannot be used is told at the start. */
final class TlsReader {

    private final Values values;
    private final Path home;
    private final List<X509Certificate> authorities;

    /** @param home where a relative file name starts */
    TlsReader(Values values, Path home) {
        this.values = values;
        this.home = home;
        this.authorities = read(Key.TLS_CA_FILE, Certificates::read).orElse(List.of());
    }

    /** The authorities of {@code tls.ca-file}, and the identity that two other keys name. */
    ClientTls with(Key certificateFile, Key keyFile) {
        return new ClientTls(authorities, identity(certificateFile, keyFile));
    }

    private Optional<ClientIdentity> identity(Key certificateFile, Key keyFile) {
        Optional<List<X509Certificate>> chain = read(certificateFile, Certificates::read);
        Optional<PrivateKey> key = read(keyFile, ClientIdentity::readKey);
        if (values.given(certificateFile).isPresent() != values.given(keyFile).isPresent()) {
            Key given = values.given(certificateFile).isPresent() ? certificateFile : keyFile;
            Key missing = given == certificateFile ? keyFile : certificateFile;
            values.fault(missing, "missing; " + given.key() + " is of no use without it");
        }
        if (chain.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        ClientIdentity identity = new ClientIdentity(chain.get(), key.get());
        if (!identity.fits()) {
            values.fault(keyFile, "not the key of the first certificate of " + certificateFile.key());
        }
        return Optional.of(identity);
    }

    /** What makes something of a file. */
    private interface Reading<T> {
        T of(Path file) throws UnusablePemException;
    }

    private <T> Optional<T> read(Key key, Reading<T> reading) {
        Optional<String> name = values.given(key);
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String problem;
        try {
            return Optional.of(reading.of(home.resolve(name.get())));
        } catch (UnusablePemException e) {
            problem = e.getMessage();
        } catch (InvalidPathException e) {
            problem = "no such file";
        }
        values.fault(key, problem + ": " + Values.shown(name.get()));
        return Optional.empty();
    }
}
