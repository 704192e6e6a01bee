package dev.skyhedge.engine.control;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.NoticeAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Gives each launch the right to report about itself, and recognises it again: the right is the launch's token
/// signed with a key that only servers have (HMAC-SHA256, RFC 2104). Nothing is stored for a launch, and what one
/// instance holds is useless for another. Thread-safe.
public final class NoticeAuthority {
    /// Fewer bytes than this can be guessed.
    public static final int LEAST_KEY_BYTES = 16;

    private static final String SCHEME = "HMAC-SHA256 ";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_BYTES = 32;

    private final SecretKeySpec key;
    private final Optional<URI> url;
    private final Map<String, URI> urlsOfClouds;

    /// @param key the secret; servers that follow each other on one state share it
    /// @param url where instances report to; empty if they report to nobody
    /// @param urlsOfClouds another URL for the instances of some clouds
    public NoticeAuthority(byte[] key, Optional<URI> url, Map<String, URI> urlsOfClouds) {
        if (key.length < LEAST_KEY_BYTES) {
            throw new IllegalArgumentException("A key has at least " + LEAST_KEY_BYTES + " bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.url = url;
        this.urlsOfClouds = new TreeMap<>(urlsOfClouds);
    }

    /// Where and with what right a launch reports; empty if nobody listens.
    ///
    /// @param cloud where the launch goes
    public Optional<NoticeAddress> address(String cloud, IdempotencyToken token) {
        return Optional.ofNullable(urlsOfClouds.get(cloud))
                .or(() -> url)
                .map(target -> new NoticeAddress(target, authorization(token)));
    }

    /// Whether this `Authorization` header gives the right to report about the launch. Takes equally long for
    /// whatever is wrong with it.
    public boolean permits(String authorization, IdempotencyToken token) {
        return MessageDigest.isEqual(
                authorization(token).getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    /// Whether a header has the form of one that gives a right: all that can be said before the notice itself is
    /// read.
    public static boolean isAuthorization(String header) {
        return header.length() == SCHEME.length() + 2 * MAC_BYTES && header.startsWith(SCHEME);
    }

    private String authorization(IdempotencyToken token) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return SCHEME + HexFormat.of().formatHex(mac.doFinal(token.value().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has " + ALGORITHM, e);
        }
    }

    /// Hides the key.
    @Override
    public String toString() {
        return "NoticeAuthority[url=" + url + ", urlsOfClouds=" + urlsOfClouds + "]";
    }
}
