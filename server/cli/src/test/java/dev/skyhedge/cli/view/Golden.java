package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Compares with a file under the test resources; `-Dgolden.update=true` rewrites the file instead. Escapes are
/// written as `␛`, so that the files can be read and reviewed.
public final class Golden {
    private static final Path FILES = Path.of("src/test/resources/dev/skyhedge/cli/view");

    private Golden() {}

    public static void check(String name, String actual) {
        Path file = FILES.resolve(name);
        String text = actual.replace('\u001b', '␛');
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FILES);
                Files.writeString(file, text);
            }
            assertThat(text).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
