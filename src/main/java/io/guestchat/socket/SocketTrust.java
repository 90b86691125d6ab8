package io.guestchat.socket;

import java.nio.file.Path;
import java.security.KeyStore;

import io.vertx.core.net.KeyStoreOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;

/** Which authorities may vouch for the peer of a {@code wss} socket. The host name is always verified. */
public sealed interface SocketTrust {

    /** Those of the JDK. */
    record Jdk() implements SocketTrust {
        @Override
        public TrustOptions toVertx() {
            return null;
        }
    }

    /** Those of a PEM file. */
    record Pem(Path path) implements SocketTrust {
        @Override
        public TrustOptions toVertx() {
            return new PemTrustOptions().addCertPath(path.toString());
        }
    }

    /** Those of a PKCS12 or JKS store. */
    record Store(Path path, String password) implements SocketTrust {
        @Override
        public TrustOptions toVertx() {
            return new KeyStoreOptions().setType(KeyStore.getDefaultType()).setPath(path.toString()).setPassword(password);
        }

        @Override
        public String toString() {
            return "Store[path=" + path + "]";
        }
    }

    /** What Vert.x wants to be told; null for its default. */
    TrustOptions toVertx();
}
