package dev.skyhedge.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;

/// The one model that all tests of this JVM share.
final class Models {
    static final Path CACHE = Path.of("target", "unpacked");

    private Models() {}

    private static final class Shared {
        private static final EmbeddingModel MODEL = load();
    }

    static EmbeddingModel shared() {
        return Shared.MODEL;
    }

    static ServerOptions options() {
        return options(1, 64);
    }

    static ServerOptions options(int workers, int queueLimit) {
        return new ServerOptions(
                "127.0.0.1",
                0,
                ServerOptions.DEFAULT_MODEL,
                1,
                workers,
                queueLimit,
                Duration.ZERO,
                Duration.ofSeconds(10),
                CACHE);
    }

    private static EmbeddingModel load() {
        try {
            return EmbeddingModel.load(new UnpackedResources(CacheDirectory.open(CACHE)), 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
