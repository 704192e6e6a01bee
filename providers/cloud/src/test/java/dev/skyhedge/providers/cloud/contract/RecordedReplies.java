package dev.skyhedge.providers.cloud.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/// Replies that others have recorded, which are on the class path of tests.
public final class RecordedReplies {
    private RecordedReplies() {}

    public static String read(String file) {
        try (InputStream in = Objects.requireNonNull(RecordedReplies.class.getResourceAsStream("/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
