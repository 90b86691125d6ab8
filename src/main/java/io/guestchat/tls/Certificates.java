package io.guestchat.tls;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/** X.509 certificates from PEM and back. */
public final class Certificates {

    private static final String LABEL = "CERTIFICATE";

    private Certificates() {
    }

    /** The certificates of a file, at least one, in its order; blocks of other labels are passed over. */
    public static List<X509Certificate> read(Path file) throws UnusablePemException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (PemBlock block : PemBlock.in(file)) {
            if (block.label().equals(LABEL)) {
                certificates.add(parse(block, certificates.size() + 1));
            }
        }
        if (certificates.isEmpty()) {
            throw new UnusablePemException("no certificate in the file; it has to be PEM, with -----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(certificates);
    }

    private static X509Certificate parse(PemBlock block, int number) throws UnusablePemException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.der()));
        } catch (CertificateException | IllegalArgumentException e) {
            throw new UnusablePemException("certificate " + number + " in the file is broken");
        }
    }

    static String pem(List<X509Certificate> certificates) {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                pem.append(PemBlock.of(LABEL, certificate.getEncoded()).text());
            } catch (CertificateEncodingException impossible) {
                throw new IllegalStateException("a certificate that was read cannot be written", impossible);
            }
        }
        return pem.toString();
    }
}
