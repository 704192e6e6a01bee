package dev.skyhedge.watch.endpoints;

import dev.skyhedge.balancer.ServerTls;
import dev.skyhedge.engine.control.Secrets;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what an endpoint shows its clients. What is wrong with it is told without a word of the
/// key.
final class TlsFiles {
    /// Before a certificate ends its owner is reminded.
    static final Duration SOON = Duration.ofDays(14);

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----", Pattern.DOTALL);
    /// Bytes that begin a PKCS #8 of any kind do not say which it is in a way that the JDK reads by
    /// itself.
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519");

    private static final String CERTIFICATE = "certificate";

    private TlsFiles() {}

    /// What is wrong with one of the files.
    ///
    /// @param attribute of the `tls` block, whose file it is
    /// @param summary a few words
    /// @param detail with what to do about it
    record Problem(String attribute, String summary, String detail) {
        /// For people, in one line.
        String text() {
            return summary + ": " + detail;
        }
    }

    /// @param tls empty if it cannot be used
    /// @param problem why not, or what clients will say to it
    record Read(Optional<ServerTls> tls, Optional<Problem> problem) {
        private static Read failed(Problem problem) {
            return new Read(Optional.empty(), Optional.of(problem));
        }
    }

    /// Reads them as they are now.
    static Read read(EndpointSpec.Tls declared, Secrets secrets, Instant now) {
        try {
            List<X509Certificate> chain = certificates(declared.certificate(), CERTIFICATE, secrets);
            PrivateKey key = key(declared.key().reference(), secrets);
            List<X509Certificate> authorities = declared.clientCa().isPresent()
                    ? certificates(declared.clientCa().get(), "client_ca", secrets)
                    : List.of();
            var tls = new ServerTls(chain, key, authorities);
            if (!tls.isKeyOfCertificate()) {
                return Read.failed(new Problem(
                        "key",
                        "Key of another certificate",
                        "The private key of " + declared.key().reference() + " does not go with the certificate of "
                                + declared.certificate() + ", which has to be the first in its file. Give the two that"
                                + " were made together."));
            }
            return new Read(Optional.of(tls), ofItsTime(declared, chain.getFirst(), now));
        } catch (Unusable unusable) {
            return Read.failed(unusable.problem);
        }
    }

    /// One whose time is over is shown all the same: an endpoint with it serves those who do not
    /// look, and without it nobody.
    private static Optional<Problem> ofItsTime(EndpointSpec.Tls declared, X509Certificate shown, Instant now) {
        Instant from = shown.getNotBefore().toInstant();
        Instant until = shown.getNotAfter().toInstant();
        String file = "The certificate of " + declared.certificate();
        if (now.isBefore(from)) {
            return Optional.of(new Problem(
                    CERTIFICATE,
                    "Certificate is not valid yet",
                    file + " is valid from " + from
                            + "; clients refuse it before. Look at the clock, or give another."));
        }
        if (now.isAfter(until)) {
            return Optional.of(new Problem(
                    CERTIFICATE,
                    "Certificate has expired",
                    file + " was valid until " + until + "; clients refuse it. Renew it: the file is read again by"
                            + " itself."));
        }
        if (now.plus(SOON).isAfter(until)) {
            return Optional.of(new Problem(
                    CERTIFICATE,
                    "Certificate expires soon",
                    file + " is valid until " + until + ". Renew it: the file is read again by itself."));
        }
        return Optional.empty();
    }

    private static List<X509Certificate> certificates(String path, String attribute, Secrets secrets) throws Unusable {
        String text = switch (secrets.read("file:" + path)) {
            case Outcome.Done<String>(String read) -> read;
            case Outcome.Failed<String>(Failure failure) ->
                throw new Unusable(
                        attribute,
                        "Certificate cannot be read",
                        "The file " + path + " of " + attribute + " cannot be read: " + reason(failure)
                                + ". A relative path is relative to the directory that skyhedge is started in.");
        };
        try {
            List<X509Certificate> found = new ArrayList<>();
            for (var one : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))) {
                found.add((X509Certificate) one);
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (GeneralSecurityException notReadable) {
            // Told below: what it says is of bytes, not of files.
        }
        throw new Unusable(
                attribute,
                "Invalid certificate",
                "The file " + path + " of " + attribute + " has no certificates in PEM. They begin with"
                        + " -----BEGIN CERTIFICATE-----.");
    }

    private static String reason(Failure failure) {
        String message = failure.message();
        int at = message.indexOf("has no value: ");
        return at < 0 ? message : message.substring(at + "has no value: ".length());
    }

    private static PrivateKey key(String reference, Secrets secrets) throws Unusable {
        String text = switch (secrets.read(reference)) {
            case Outcome.Done<String>(String read) -> read;
            case Outcome.Failed<String>(Failure failure) ->
                throw new Unusable(
                        "key",
                        "Private key cannot be read",
                        failure.message() + ". Give the key of the certificate there.");
        };
        var blocks = BLOCK.matcher(text);
        String other = "";
        while (blocks.find()) {
            if (blocks.group(1).equals("PRIVATE KEY")) {
                return pkcs8(blocks.group(2), reference);
            }
            other = blocks.group(1).endsWith("PRIVATE KEY") ? blocks.group(1) : other;
        }
        throw new Unusable(
                "key",
                "Invalid private key",
                reference + (other.isEmpty() ? " has no private key in PEM." : " is a key in the form " + other + ".")
                        + " It has to be PKCS #8, not encrypted, which begins with -----BEGIN PRIVATE KEY-----:"
                        + " openssl pkcs8 -topk8 -nodes -in OLD.key -out NEW.key makes one of others.");
    }

    private static PrivateKey pkcs8(String base64, String reference) throws Unusable {
        try {
            var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(base64));
            for (String algorithm : ALGORITHMS) {
                Optional<PrivateKey> key = of(algorithm, encoded);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } catch (IllegalArgumentException noBase64) {
            // Told below, without what it says: that would be of the key.
        }
        throw new Unusable(
                "key", "Invalid private key", reference + " is no private key of RSA, EC or Ed25519 that can be read.");
    }

    private static Optional<PrivateKey> of(String algorithm, PKCS8EncodedKeySpec encoded) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (GeneralSecurityException ofAnotherKind) {
            return Optional.empty();
        }
    }

    /// Ends a reading.
    private static final class Unusable extends Exception {
        private final transient Problem problem;

        Unusable(String attribute, String summary, String detail) {
            super(summary, null, false, false);
            this.problem = new Problem(attribute, summary, detail);
        }
    }
}
