package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SignatureException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.junit.jupiter.api.Test;

class LaunchCertificateTest {
    private static byte[] seed(int of) {
        var seed = new byte[LaunchCertificate.SEED_BYTES];
        Arrays.fill(seed, (byte) of);
        return seed;
    }

    /// Computed by OpenSSL 3.0 of the same seed, so that another implementation agrees.
    @Test
    void isTheSameWhoeverComputesIt() {
        assertThat(LaunchCertificate.of(seed(1)).certificate().getPublicKey().getEncoded())
                .asHexString()
                .isEqualToIgnoringCase(
                        "302a300506032b65700321008a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c");
        assertThat(LaunchCertificate.of(seed(1)).certificatePem())
                .isEqualTo(LaunchCertificate.of(seed(1)).certificatePem());
    }

    @Test
    void isSignedByItself() throws Exception {
        X509Certificate certificate = LaunchCertificate.of(seed(2)).certificate();

        assertThatCode(() -> certificate.verify(certificate.getPublicKey())).doesNotThrowAnyException();
        assertThatThrownBy(() -> certificate.verify(
                        LaunchCertificate.of(seed(3)).certificate().getPublicKey()))
                .isInstanceOf(SignatureException.class);
        assertThat(certificate.getSubjectX500Principal()).isEqualTo(certificate.getIssuerX500Principal());
    }

    @Test
    void isGoodForAsLongAsAnybodyLives() {
        X509Certificate certificate = LaunchCertificate.of(seed(2)).certificate();

        assertThatCode(() -> certificate.checkValidity(Date.from(Instant.parse("2026-01-01T00:00:00Z"))))
                .doesNotThrowAnyException();
        assertThatCode(() -> certificate.checkValidity(Date.from(Instant.parse("2126-01-01T00:00:00Z"))))
                .doesNotThrowAnyException();
    }

    @Test
    void hidesItsKey() {
        LaunchCertificate made = LaunchCertificate.of(seed(4));

        assertThat(made.privateKeyPem()).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(made.toString()).doesNotContain("PRIVATE").doesNotContain(made.privateKeyPem());
    }

    @Test
    void takesNoLessThanAWholeSeed() {
        assertThatThrownBy(() -> LaunchCertificate.of(new byte[16])).isInstanceOf(IllegalStateException.class);
    }
}
