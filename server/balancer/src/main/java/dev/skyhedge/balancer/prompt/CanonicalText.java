package dev.skyhedge.balancer.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skyhedge.balancer.policy.PromptBlocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A JSON value without what differs from writer to writer: white space and escapes. Only its beginning is kept, as far
/// as blocks are hashed. Not thread-safe.
final class CanonicalText {
    static final int MAX_BYTES = PromptBlocks.BLOCK_BYTES * PromptBlocks.MAX_BLOCKS;

    private static final int FIRST_BYTES = 4096;

    private byte[] bytes = new byte[FIRST_BYTES];
    private int size;
    private long allBytes;

    /// Reads the value that the parser stands on, to its end, in place of what was read before.
    void read(JsonParser parser) throws IOException {
        size = 0;
        allBytes = 0;
        int depth = 0;
        do {
            JsonToken token = parser.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            append(parser, token);
        } while (depth > 0 && parser.nextToken() != null);
    }

    private void append(JsonParser parser, JsonToken token) throws IOException {
        String text = parser.getText();
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        put(more, more.length);
        if (!token.isStructStart() && !token.isStructEnd()) {
            put(new byte[] {0}, 1); // else "ab", "c" would be "a", "bc"
        }
    }

    /// Adds what another one has.
    void append(CanonicalText other) {
        put(other.bytes, other.size);
        allBytes += other.allBytes - other.size;
    }

    private void put(byte[] more, int length) {
        allBytes += length;
        int taken = Math.min(length, MAX_BYTES - size);
        if (size + taken > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(MAX_BYTES, Math.max(size + taken, 2 * bytes.length)));
        }
        System.arraycopy(more, 0, bytes, size, taken);
        size += taken;
    }

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /// Also of what was not kept.
    long allBytes() {
        return allBytes;
    }
}
