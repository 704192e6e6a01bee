package dev.skyhedge.engine.control;

import dev.skyhedge.spi.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.util.Arrays;
import java.util.Base64;

/// A self-signed certificate with its key, all of it made of 32 secret bytes: equal bytes give an equal certificate,
/// on every machine and with every Java. Keys and signatures of Ed25519 (RFC 8032) are that by themselves; serial
/// number, name and times follow from the key or are the same for all. It never expires: it is trusted for as long as
/// its launch is known, and by nobody else.
public record LaunchCertificate(X509Certificate certificate, String certificatePem, String privateKeyPem) {
    static final int SEED_BYTES = 32;

    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTF8_STRING = 0x0c;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SERIAL_BYTES = 16;
    /// Object identifiers 1.3.101.112 (Ed25519, RFC 8410) and 2.5.4.3 (common name), as DER has them.
    private static final byte[] ED25519 = {0x06, 0x03, 0x2b, 0x65, 0x70};

    private static final byte[] COMMON_NAME = {0x06, 0x03, 0x55, 0x04, 0x03};
    private static final String NAME = "skyhedge replica";
    private static final String BEGINS = "200101000000Z";
    /// That there is no well-defined end (RFC 5280, section 4.1.2.5).
    private static final String ENDS = "99991231235959Z";

    private static final int PEM_LINE = 64;

    /// @param seed secret
    public static LaunchCertificate of(byte[] seed) {
        try {
            KeyPair pair = keyPair(seed);
            byte[] encoded = signed(pair);
            var factory = CertificateFactory.getInstance("X.509");
            return new LaunchCertificate(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(encoded)),
                    pem("CERTIFICATE", encoded),
                    pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has Ed25519 and X.509", e);
        }
    }

    /// The private key is the seed itself; the generator is what computes the public key of it.
    private static KeyPair keyPair(byte[] seed) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new Given(seed));
        KeyPair pair = generator.generateKeyPair();
        byte[] used = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
        if (seed.length != SEED_BYTES || !Arrays.equals(seed, used)) {
            throw new GeneralSecurityException("the key is not the seed");
        }
        return pair;
    }

    private static byte[] signed(KeyPair pair) throws GeneralSecurityException {
        byte[] publicKey = pair.getPublic().getEncoded();
        byte[] algorithm = der(SEQUENCE, ED25519);
        byte[] name = der(
                SEQUENCE,
                der(SET, der(SEQUENCE, COMMON_NAME, der(UTF8_STRING, NAME.getBytes(StandardCharsets.UTF_8)))));
        byte[] serial = Arrays.copyOf(Sha256.of(publicKey), SERIAL_BYTES);
        serial[0] = (byte) (serial[0] & 0x3f | 0x40);
        byte[] times = der(SEQUENCE, der(UTC_TIME, ascii(BEGINS)), der(GENERALIZED_TIME, ascii(ENDS)));
        byte[] toSign = der(SEQUENCE, der(INTEGER, serial), algorithm, name, times, name, publicKey);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(pair.getPrivate());
        signature.update(toSign);
        return der(SEQUENCE, toSign, algorithm, der(BIT_STRING, new byte[] {0}, signature.sign()));
    }

    /// Tag, length and content (X.690).
    private static byte[] der(int tag, byte[]... contents) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : contents) {
            content.writeBytes(part);
        }
        var all = new ByteArrayOutputStream();
        all.write(tag);
        int length = content.size();
        if (length < 0x80) {
            all.write(length);
        } else if (length < 0x100) {
            all.write(0x81);
            all.write(length);
        } else {
            all.write(0x82);
            all.write(length >> 8);
            all.write(length);
        }
        all.writeBytes(content.toByteArray());
        return all.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String pem(String what, byte[] encoded) {
        String lines = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "LaunchCertificate[serial=" + certificate.getSerialNumber() + "]";
    }

    /// Random bytes that are none.
    private static final class Given extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] seed;

        Given(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, Math.min(seed.length, bytes.length));
        }
    }
}
