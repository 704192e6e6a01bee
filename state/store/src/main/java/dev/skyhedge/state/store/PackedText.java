package dev.skyhedge.state.store;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/// Long texts that repeat themselves, made short for a column of text: deflate, then Base64.
final class PackedText {
    private static final int BUFFER = 1 << 16;
    /// A commit waits for it: nearly as small as the best, at a third of its time.
    private static final int LEVEL = 3;

    private PackedText() {}

    static String pack(String text) {
        Deflater deflater = new Deflater(LEVEL);
        try {
            deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
            deflater.finish();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (!deflater.finished()) {
                bytes.write(buffer, 0, deflater.deflate(buffer));
            }
            return Base64.getEncoder().encodeToString(bytes.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /// @throws IllegalArgumentException if it was not packed so
    static String unpack(String packed) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getDecoder().decode(packed));
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[BUFFER];
            while (!inflater.finished()) {
                int count = inflater.inflate(buffer);
                if (count == 0) {
                    throw new IllegalArgumentException("It ends too early");
                }
                bytes.write(buffer, 0, count);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("It was not packed", e);
        } finally {
            inflater.end();
        }
    }
}
