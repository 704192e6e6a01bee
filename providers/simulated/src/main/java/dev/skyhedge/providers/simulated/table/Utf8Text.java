package dev.skyhedge.providers.simulated.table;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Text in UTF-8, read by one rule in every file: a byte order mark at the beginning is skipped, and what is not
/// UTF-8 is an error, because text that was read as something else would still look like text.
public final class Utf8Text {
    private static final char BYTE_ORDER_MARK = '\ufeff';

    private Utf8Text() {}

    /// @param isBeginning whether it is the beginning of a file
    /// @throws CharacterCodingException if it is in another encoding
    public static String of(byte[] bytes, boolean isBeginning) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return isBeginning && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }
}
