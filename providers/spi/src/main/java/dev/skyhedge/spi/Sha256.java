package dev.skyhedge.spi;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 without its checked exception: every Java has it. What is derived from equal texts, tokens and names among
/// them, is equal everywhere and at all times.
public final class Sha256 {
    private Sha256() {}

    /// 32 bytes.
    public static byte[] of(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /// 32 bytes, of the text in UTF-8.
    public static byte[] of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// 64 hexadecimal digits.
    public static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(of(bytes));
    }

    /// 64 hexadecimal digits, of the text in UTF-8.
    public static String hex(String text) {
        return HexFormat.of().formatHex(of(text));
    }
}
