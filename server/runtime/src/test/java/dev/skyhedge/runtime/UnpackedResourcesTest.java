package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnpackedResourcesTest {
    private static final String RESOURCE = "all-minilm-l6-v2-q-tokenizer.json";

    @TempDir
    private Path directory;

    @Test
    void unpacksOnceAndReplacesWhatIsDamaged() throws IOException {
        UnpackedResources resources = new UnpackedResources(directory);
        Path file = resources.file(RESOURCE).orElseThrow();
        long size = Files.size(file);
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();

        Path again = resources.file(RESOURCE).orElseThrow();
        assertThat(Files.readAttributes(again, BasicFileAttributes.class).fileKey())
                .isEqualTo(key);

        Files.writeString(file, "half");
        assertThat(resources.file(RESOURCE).orElseThrow()).hasSize(size);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void knowsNothingOfWhatNoJarHas() throws IOException {
        assertThat(new UnpackedResources(directory).file("absent.onnx")).isEmpty();
    }
}
