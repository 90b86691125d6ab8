package io.guestchat.tls;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A private authority, as a company has one, made by the JDK's keytool in a temporary directory. Its files go with the JVM. Each
 * run of keytool takes half a second, so one authority and its certificates serve all tests of a JVM.
 */
public final class TestAuthority {

    /** Of all key stores. */
    public static final String PASSWORD = "changeit";
    private static final String CA = "ca";
    private static TestAuthority ofThisJvm;

    private final Path directory;
    private final Path store;
    private final Map<String, Issued> issued = new HashMap<>();

    private TestAuthority(Path directory) {
        this.directory = directory;
        this.store = directory.resolve("authority.p12");
    }

    /** What was issued: the chain and the key as PEM, and both in a PKCS#12 store. */
    public record Issued(Path certificate, Path key, Path keyStore) {
    }

    public static synchronized TestAuthority get() {
        if (ofThisJvm == null) {
            ofThisJvm = make();
        }
        return ofThisJvm;
    }

    private static TestAuthority make() {
        try {
            TestAuthority authority = new TestAuthority(gone(Files.createTempDirectory("test-authority-")));
            authority.keytool("-alias", CA, "-dname", "CN=Test Authority", "-ext", "bc:c=ca:true", "-validity", "30");
            gone(authority.store);
            write(authority.pem(), Certificates.pem(List.of(authority.chain(CA)[0])));
            return authority;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its own certificate. */
    public Path pem() {
        return directory.resolve("authority.pem");
    }

    /** What a client needs that trusts it. */
    public ClientTls trusted() {
        return new ClientTls(List.of(chain(CA)[0]), Optional.empty());
    }

    /** The same of a client that shows a certificate. */
    public ClientTls trustedShowing(Issued identity) {
        try {
            return new ClientTls(trusted().authorities(), Optional.of(
                    new ClientIdentity(Certificates.read(identity.certificate()), ClientIdentity.readKey(identity.key()))));
        } catch (UnusablePemException e) {
            throw new IllegalStateException(e);
        }
    }

    /** For {@code localhost} by its name alone: for {@code 127.0.0.1} it is another host's. */
    public Issued localhost() {
        return issue("localhost", "dns:localhost", "-validity", "30");
    }

    /** For {@code localhost}, until yesterday. */
    public Issued expired() {
        return issue("expired", "dns:localhost", "-startdate", "-3d", "-validity", "2");
    }

    /** For {@code 127.0.0.1} alone. */
    public Issued loopback() {
        return issue("loopback", "ip:127.0.0.1", "-validity", "30");
    }

    private synchronized Issued issue(String name, String hosts, String... dates) {
        Issued before = issued.get(name);
        if (before == null) {
            before = make(name, hosts, dates);
            issued.put(name, before);
        }
        return before;
    }

    private Issued make(String name, String hosts, String... dates) {
        keytool(Stream.concat(Stream.of("-alias", name, "-signer", CA, "-dname", "CN=" + name, "-ext", "san=" + hosts),
                Stream.of(dates)).toArray(String[]::new));
        X509Certificate[] chain = chain(name);
        PrivateKey key = key(name);
        Issued made = new Issued(directory.resolve(name + ".pem"), directory.resolve(name + ".key"),
                gone(directory.resolve(name + ".p12")));
        write(made.certificate(), Certificates.pem(List.of(chain[0])));
        write(made.key(), PemBlock.of("PRIVATE KEY", key.getEncoded()).text());
        try (OutputStream file = Files.newOutputStream(made.keyStore())) {
            KeyStore alone = KeyStore.getInstance("PKCS12");
            alone.load(null, null);
            alone.setKeyEntry(name, key, PASSWORD.toCharArray(), chain);
            alone.store(file, PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static Path gone(Path atExit) {
        atExit.toFile().deleteOnExit();
        return atExit;
    }

    private X509Certificate[] chain(String alias) {
        try {
            return Stream.of(open().getCertificateChain(alias)).toArray(X509Certificate[]::new);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private PrivateKey key(String alias) {
        try {
            return (PrivateKey) open().getKey(alias, PASSWORD.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyStore open() throws GeneralSecurityException {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keytool(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair", "-keyalg", "EC", "-groupname", "secp256r1", "-storetype", "PKCS12", "-keystore", store.toString(),
                "-storepass", PASSWORD));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException("keytool failed: " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(gone(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
