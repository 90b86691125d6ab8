package io.guestchat.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PemFilesTest {

    @TempDir
    private Path directory;

    private final TestAuthority authority = TestAuthority.get();

    @Test
    void givenSeveralCertificatesWithCommentsAndAKeyBetween_whenRead_thenTheCertificatesAreThoseInOrder() throws Exception {
        String certificate = Files.readString(authority.localhost().certificate()).replace("\n", "\r\n");
        String key = Files.readString(authority.localhost().key());
        Path file = file("subject=/CN=localhost é\r\n" + certificate + key + "\n# the authority\n"
                + Files.readString(authority.pem()));

        assertThat(Certificates.read(file)).extracting(read -> read.getSubjectX500Principal().getName())
                .containsExactly("CN=localhost", "CN=Test Authority");
        assertThat(ClientIdentity.readKey(file)).isEqualTo(ClientIdentity.readKey(authority.localhost().key()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "garbage | no certificate in the file; it has to be PEM, with -----BEGIN CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----AAAA-----END CERTIFICATE-----        | certificate 1 in the file is broken",
        "-----BEGIN CERTIFICATE-----not base64!-----END CERTIFICATE----- | certificate 1 in the file is broken"})
    void givenAFileWithoutAUsableCertificate_whenRead_thenItSaysWhy(String content, String why) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> Certificates.read(file)).isInstanceOf(UnusablePemException.class).hasMessage(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "garbage | no key in the file; it has to be PEM, with -----BEGIN PRIVATE KEY-----",
        "-----BEGIN PRIVATE KEY-----AAAA-----END PRIVATE KEY----- | the key is broken, or neither RSA nor EC",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----AAAA-----END ENCRYPTED PRIVATE KEY----- | the key is encrypted; openssl pkcs8",
        "-----BEGIN RSA PRIVATE KEY-----Proc-Type: 4,ENCRYPTED A-----END RSA PRIVATE KEY----- | the key is encrypted; openssl",
        "-----BEGIN EC PRIVATE KEY-----AAAA-----END EC PRIVATE KEY----- | the key is not PKCS#8 but EC PRIVATE KEY; openssl pkcs8"})
    void givenAFileWithoutAUsableKey_whenRead_thenItSaysWhy(String content, String why) throws IOException {
        Path file = file(content);

        assertThatThrownBy(() -> ClientIdentity.readKey(file)).isInstanceOf(UnusablePemException.class).hasMessageContaining(why);
    }

    @Test
    void givenNoFileOrADirectory_whenRead_thenItSaysSo() {
        assertThatThrownBy(() -> Certificates.read(directory.resolve("absent"))).hasMessage("no such file");
        assertThatThrownBy(() -> Certificates.read(directory)).hasMessage("the file cannot be read (IOException)");
    }

    @Test
    void givenAnRsaKey_whenWrittenAndRead_thenItIsTheSame() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        PrivateKey key = generator.generateKeyPair().getPrivate();

        assertThat(ClientIdentity.readKey(file(PemBlock.of("PRIVATE KEY", key.getEncoded()).text()))).isEqualTo(key);
    }

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file.pem"), content);
    }
}
