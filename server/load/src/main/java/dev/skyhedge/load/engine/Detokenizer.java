package dev.skyhedge.load.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Turns tokens into text as they come, and keeps the bytes of a character that is not whole yet.
///
/// It tells new text by how much longer the whole has become, as incremental detokenizers do. So a half character at
/// the end of the prompt counts as one that was there before, and the character that it becomes is never told.
final class Detokenizer {
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private boolean swallowsNext;

    Detokenizer(List<Integer> prompt) {
        int from = Math.max(0, prompt.size() - Utf8.LONGEST);
        for (int token : prompt.subList(from, prompt.size())) {
            var ignored = take(token);
        }
        swallowsNext = unfinished.size() > 0;
    }

    /// The whole characters that this token ends; empty if there are none yet.
    String take(int token) {
        unfinished.writeBytes(Vocabulary.bytes(token));
        byte[] bytes = unfinished.toByteArray();
        if (Utf8.missing(bytes) > 0) {
            return "";
        }
        unfinished.reset();
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (swallowsNext && !text.isEmpty()) {
            swallowsNext = false;
            return text.substring(text.offsetByCodePoints(0, 1));
        }
        return text;
    }
}
