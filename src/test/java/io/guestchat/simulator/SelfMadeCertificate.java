package io.guestchat.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A key and its self-signed certificate for {@code localhost} and {@code 127.0.0.1}, made by the JDK's keytool: Java has no
 * public API that makes one.
 *
 * @param keyStore PKCS#12
 * @param password of the key store and the key
 * @param pem the certificate
 */
record SelfMadeCertificate(byte[] keyStore, String password, String pem) {

    private static final String ALIAS = "simulator";

    static SelfMadeCertificate make(List<String> moreNames) {
        String password = UUID.randomUUID().toString();
        try {
            Path folder = Files.createTempDirectory("simulator-tls");
            Path file = folder.resolve("key.p12");
            try {
                keytool(file, password, moreNames);
                byte[] keyStore = Files.readAllBytes(file);
                return new SelfMadeCertificate(keyStore, password, pem(file, password));
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the certificate that keytool made cannot be read", e);
        }
    }

    private static void keytool(Path file, String password, List<String> moreNames) throws IOException {
        List<String> names = new ArrayList<>(List.of("dns:localhost", "ip:127.0.0.1"));
        moreNames.forEach(name -> names.add("dns:" + name));
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        ProcessBuilder builder = new ProcessBuilder(keytool.toString(), "-genkeypair", "-alias", ALIAS, "-keyalg", "EC",
                "-groupname", "secp256r1", "-dname", "CN=localhost", "-ext", "san=" + String.join(",", names), "-validity", "30",
                "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass:env", "SIMULATOR_STORE_PASSWORD");
        builder.environment().put("SIMULATOR_STORE_PASSWORD", password);
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException("keytool failed: " + output.strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroy();
            throw new IOException("interrupted while keytool ran", e);
        }
    }

    private static String pem(Path file, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        byte[] der = store.getCertificate(ALIAS).getEncoded();
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "SelfMadeCertificate[]";
    }
}
