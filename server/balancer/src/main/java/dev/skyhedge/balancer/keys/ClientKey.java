package dev.skyhedge.balancer.keys;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// A key that clients bring as `Authorization: Bearer KEY`, as its SHA-256, and what who brings it may take. Immutable.
///
/// @param name what its usage is counted under; no secret
/// @param sha256 of the key, 32 bytes; empty while it cannot be read: nobody gets in by it then
/// @param limits what it may take
public record ClientKey(String name, Optional<Digest> sha256, Limits limits) {
    /// @param requestsPerMinute on average; what a minute leaves over may be sent at once
    /// @param tokensPerMinute of prompts and completions, as far as answers tell them
    /// @param maxInFlight requests at once, held ones included
    public record Limits(OptionalInt requestsPerMinute, OptionalInt tokensPerMinute, OptionalInt maxInFlight) {
        public static final Limits NONE = new Limits(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    public ClientKey {
        Objects.requireNonNull(sha256);
        Objects.requireNonNull(limits);
    }

    /// The key that is this text, which is not kept.
    public static ClientKey of(String name, String secret, Limits limits) {
        return new ClientKey(name, Optional.of(Digest.of(secret)), limits);
    }

    /// A key that nobody can bring for now: what it has used is kept.
    public static ClientKey unread(String name, Limits limits) {
        return new ClientKey(name, Optional.empty(), limits);
    }

    /// The SHA-256 of a text. Compared in constant time.
    public static final class Digest {
        private final byte[] bytes;

        private Digest(byte[] bytes) {
            this.bytes = bytes;
        }

        /// Of the text's UTF-8 bytes.
        public static Digest of(String text) {
            try {
                return new Digest(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
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

        /// Hides it: short keys could be guessed from it.
        @Override
        public String toString() {
            return "(digest)";
        }
    }
}
