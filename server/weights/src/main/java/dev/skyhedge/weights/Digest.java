package dev.skyhedge.weights;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256.
///
/// @param bytes 32 of them; not to be changed
record Digest(byte[] bytes) {
    static final int LENGTH = 32;

    Digest {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("A SHA-256 has 32 bytes, not " + bytes.length);
        }
    }

    static Digest of(byte[] bytes, int length) {
        MessageDigest sha = sha256();
        sha.update(bytes, 0, length);
        return new Digest(sha.digest());
    }

    /// From 64 hexadecimal digits.
    static Digest parse(String hex) {
        return new Digest(HexFormat.of().parseHex(hex));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest digest && MessageDigest.isEqual(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
