package io.guestchat.tls;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;

/**
 * As whom we show ourselves to a server that asks (mutual TLS).
 *
 * @param chain our certificate, and after it those between it and an authority
 * @param key of our certificate; RSA or EC
 */
public record ClientIdentity(List<X509Certificate> chain, PrivateKey key) {

    private static final String CONVERT = "; openssl pkcs8 -topk8 -nocrypt makes one that can be used";
    /** What Kafka's PEM reader takes, too, and the signature to try a key of that kind with. */
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final byte[] PROBE = {1, 2, 3};

    public ClientIdentity {
        chain = List.copyOf(chain);
    }

    /** The key of a file; blocks of other labels are passed over, so that one file may hold both certificate and key. */
    public static PrivateKey readKey(Path file) throws UnusablePemException {
        String instead = null;
        for (PemBlock block : PemBlock.in(file)) {
            if (block.label().equals("PRIVATE KEY")) {
                return parse(block);
            }
            if (block.label().equals("ENCRYPTED PRIVATE KEY") || block.body().contains("ENCRYPTED")) {
                instead = "the key is encrypted" + CONVERT;
            } else if (block.label().endsWith("PRIVATE KEY")) {
                instead = "the key is not PKCS#8 but " + block.label() + CONVERT;
            }
        }
        throw new UnusablePemException(instead != null ? instead
                : "no key in the file; it has to be PEM, with -----BEGIN PRIVATE KEY-----");
    }

    private static PrivateKey parse(PemBlock block) throws UnusablePemException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.der()));
            } catch (GeneralSecurityException | IllegalArgumentException e) {
                // Only the next one can tell: the key names its algorithm in a form that Java has no words for.
                continue;
            }
        }
        throw new UnusablePemException("the key is broken, or neither RSA nor EC");
    }

    /** Whether the key is that of the certificate. */
    public boolean fits() {
        try {
            Signature signature = Signature.getInstance(key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            signature.initVerify(chain.get(0).getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherAlgorithm) {
            return false;
        }
    }

    /** The chain, as Kafka's clients take it. */
    public String chainPem() {
        return Certificates.pem(chain);
    }

    /** The key, as Kafka's clients take it: a secret. */
    public String keyPem() {
        return PemBlock.of("PRIVATE KEY", key.getEncoded()).text();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "ClientIdentity[" + chain.get(0).getSubjectX500Principal() + "]";
    }
}
