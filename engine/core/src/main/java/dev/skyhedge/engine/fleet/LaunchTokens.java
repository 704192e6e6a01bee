package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Sha256;

/// Derives a launch's token from everything that was decided, so that a repeated decision repeats the token and
/// another decision never does.
public final class LaunchTokens {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 32;

    private LaunchTokens() {}

    /// The token. The price is not part of it: it may change between a launch and its repetition.
    public static IdempotencyToken derive(String lineage, String replica, int generation, Offer offer, String version) {
        String decided = String.join(
                "|",
                lineage,
                replica,
                Integer.toString(generation),
                offer.instanceType(),
                offer.accelerator().toString(),
                offer.location().toString(),
                offer.market().word(),
                version);
        byte[] hash = Sha256.of(decided);
        // The first character is fixed because some clouds want a letter there.
        var token = new StringBuilder(LENGTH).append('s');
        for (int i = 0; i < LENGTH - 1; i++) {
            token.append(ALPHABET.charAt(hash[i] & 31));
        }
        return new IdempotencyToken(token.toString());
    }
}
