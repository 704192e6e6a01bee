package dev.skyhedge.load.engine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Tokens and their bytes: the 256 single bytes, some pieces of words, and marks that have no text. Pure.
///
/// Pieces overlap (` world` is also ` wor` and `ld`), so text that was made of some tokens may be read as others:
/// who goes on from text does not go on from the same tokens.
final class Vocabulary {
    static final int END_OF_TEXT = 1_000;
    static final int TURN = 1_001;
    static final int ANSWER = 1_002;

    private static final int FIRST_PIECE = 256;
    private static final List<String> PIECES = List.of(
            " the", " a", " of", " and", " to", " in", " world", " wor", "ld", " is", " that", " it", " for", " on",
            " with", " as", " model", " mod", "el", " token", " tok", "en", " stream", " str", "eam", ".", ",", "\n",
            " hello", " he", "llo", " answer", " ans", "wer", " END", " E", "ND", " STOP", " ST", "OP", "\"", "\\", "!",
            "s", "ing", "ed", " one", " two");
    private static final byte[][] BYTES = bytes();

    private Vocabulary() {}

    private static byte[][] bytes() {
        byte[][] all = new byte[PIECES.size()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = PIECES.get(i).getBytes(StandardCharsets.UTF_8);
        }
        return all;
    }

    static int pieces() {
        return PIECES.size();
    }

    static int piece(int index) {
        return FIRST_PIECE + index;
    }

    static boolean knows(int token) {
        return token >= 0 && token < FIRST_PIECE + BYTES.length || token >= END_OF_TEXT && token <= ANSWER;
    }

    /// Empty for a mark.
    static byte[] bytes(int token) {
        if (token < FIRST_PIECE) {
            return new byte[] {(byte) token};
        }
        return token < FIRST_PIECE + BYTES.length ? BYTES[token - FIRST_PIECE] : new byte[0];
    }

    /// Reads text as tokens: the longest piece that fits, or a byte.
    static List<Integer> tokens(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Integer> tokens = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            int token = longestAt(bytes, at);
            tokens.add(token);
            at += bytes(token).length;
        }
        return tokens;
    }

    private static int longestAt(byte[] text, int at) {
        int best = text[at] & 0xFF;
        int length = 1;
        for (int i = 0; i < BYTES.length; i++) {
            if (BYTES[i].length > length && startsWith(text, at, BYTES[i])) {
                best = piece(i);
                length = BYTES[i].length;
            }
        }
        return best;
    }

    private static boolean startsWith(byte[] text, int at, byte[] piece) {
        if (at + piece.length > text.length) {
            return false;
        }
        for (int i = 0; i < piece.length; i++) {
            if (text[at + i] != piece[i]) {
                return false;
            }
        }
        return true;
    }
}
