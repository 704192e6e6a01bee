package dev.skyhedge.state.store;

import dev.skyhedge.spi.Sha256;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// SHA-256 over the values of a row, its body as canonical JSON among them, each preceded by its length.
final class Checksum {
    private static final int DIGEST_HEX_DIGITS = 16;

    private Checksum() {}

    /// The checksum of a row, as 64 hexadecimal digits.
    ///
    /// @param values texts, whole numbers, truth values and nulls, the table's name first
    static String of(@Nullable Object... values) {
        StringBuilder row = new StringBuilder();
        for (Object value : values) {
            if (value == null) {
                row.append("-;");
            } else {
                String text = value.toString();
                row.append(text.length()).append(':').append(text).append(';');
            }
        }
        return Sha256.hex(row.toString());
    }

    /// What a row adds to the digest over all rows. The digest is a sum, so that a commit pays only for its
    /// rows; it reveals rows that vanished or were put back to an older content.
    static long digest(String sha256) {
        return HexFormat.fromHexDigitsToLong(sha256.substring(0, DIGEST_HEX_DIGITS));
    }
}
