package io.guestchat.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509KeyManager;
import javax.net.ssl.X509TrustManager;

/**
 * How our clients use TLS. A server is trusted where an authority of the JDK or one of these vouches for its certificate; that its
 * name is in it is up to the client, and none of ours leaves that out.
 *
 * @param authorities trusted beside those of the JDK
 * @param identity shown to a server that asks for one
 */
public record ClientTls(List<X509Certificate> authorities, Optional<ClientIdentity> identity) {

    public ClientTls {
        authorities = List.copyOf(authorities);
    }

    /** The JDK's authorities, and no certificate of ours. */
    public static ClientTls ofTheJdk() {
        return new ClientTls(List.of(), Optional.empty());
    }

    /** For the clients that take an {@link SSLContext}. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = keyManager().map(manager -> new KeyManager[] {manager}).orElse(null);
            context.init(keys, new TrustManager[] {trustManager()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** The JDK's own one, with its checks of chain, dates and use. */
    public X509TrustManager trustManager() {
        if (authorities.isEmpty()) {
            return trustManager(null);
        }
        try {
            KeyStore trusted = emptyStore();
            int number = 0;
            for (X509Certificate authority : allAuthorities()) {
                trusted.setCertificateEntry("authority-" + number++, authority);
            }
            return trustManager(trusted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    /** The one that shows the identity; empty where there is none. */
    public Optional<X509KeyManager> keyManager() {
        return identity.map(ClientTls::keyManager);
    }

    /** The authorities as Kafka's clients take them, with those of the JDK; empty where those alone do: their default. */
    public Optional<String> authoritiesPem() {
        return authorities.isEmpty() ? Optional.empty() : Optional.of(Certificates.pem(allAuthorities()));
    }

    private List<X509Certificate> allAuthorities() {
        List<X509Certificate> all = new ArrayList<>(List.of(trustManager(null).getAcceptedIssuers()));
        all.addAll(authorities);
        return all;
    }

    /** @param trusted null for those of the JDK */
    private static X509TrustManager trustManager(KeyStore trusted) {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static X509KeyManager keyManager(ClientIdentity identity) {
        // Nobody needs it again: the store lives in memory alone.
        char[] password = UUID.randomUUID().toString().toCharArray();
        try {
            KeyStore keys = emptyStore();
            keys.setKeyEntry("identity", identity.key(), password, identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, password);
            return (X509KeyManager) factory.getKeyManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS cannot be set up", e);
        }
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException nothingIsRead) {
            throw new IllegalStateException(nothingIsRead);
        }
    }

    /** Without the certificates: each is a page. */
    @Override
    public String toString() {
        return "ClientTls[authorities=" + authorities.size()
                + ", identity=" + identity.map(ClientIdentity::toString).orElse("none") + "]";
    }
}
