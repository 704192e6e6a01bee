package dev.skyhedge.providers.cloud.naming;

import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Sha256;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.UUID;

/// Names that follow from a launch's token, so that whoever repeats the launch repeats them.
public final class CloudNames {
    private static final int LONGEST_SLUG = 24;
    private static final int TOKEN_CHARACTERS = 12;

    private CloudNames() {}

    /// The machine's name: `sh-REPLICA-TOKEN`, within `[a-z]([-a-z0-9]{0,61}[a-z0-9])?`.
    public static String machine(InstanceTags tags) {
        String token = tags.token().value();
        // The token's first character is the same in all of them.
        int from = Math.min(1, token.length() - 1);
        return "sh-" + slug(tags.replica(), LONGEST_SLUG) + "-"
                + token.substring(from, Math.min(token.length(), from + TOKEN_CHARACTERS));
    }

    /// The text in lower case with everything but `a-z0-9` turned into single dashes, none at either end.
    ///
    /// @param longest the most characters of the result, at least 1
    public static String slug(String text, int longest) {
        String dashed =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String cut = dashed.substring(0, Math.min(dashed.length(), longest)).replaceAll("-$", "");
        return cut.isEmpty() ? "x" : cut;
    }

    /// The token as a UUID (version 5, RFC 4122 variant): valid, never zero.
    public static UUID requestId(IdempotencyToken token) {
        byte[] hash = Sha256.of("skyhedge/1\n" + token.value());
        hash[6] = (byte) ((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte) ((hash[8] & 0x3f) | 0x80);
        var bytes = ByteBuffer.wrap(hash);
        return new UUID(bytes.getLong(), bytes.getLong());
    }
}
