package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {
    @TempDir
    private Path root;

    @Test
    void followsTheXdgSpecification() {
        assertThat(CacheDirectory.standard(Map.of(), "/home/me")).hasToString("/home/me/.cache/skyhedge/runtime");
        assertThat(CacheDirectory.standard(Map.of("XDG_CACHE_HOME", "/c"), "/home/me"))
                .hasToString("/c/skyhedge/runtime");
    }

    @Test
    void makesADirectoryThatIsClosedToOthers() throws IOException {
        Path made = CacheDirectory.open(root.resolve("a/b"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                .isEqualTo("rwx------");
        assertThat(CacheDirectory.open(made)).isEqualTo(made);
    }

    @Test
    void refusesADirectoryThatOthersMayWriteTo() throws IOException {
        Path open = Files.createDirectory(root.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThatThrownBy(() -> CacheDirectory.open(open))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("Others may write");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwxrwxrwx");
    }

    @Test
    void saysWhatToDoWhereItCannotBeMade() throws IOException {
        Path file = Files.createFile(root.resolve("file"));

        assertThatThrownBy(() -> CacheDirectory.open(file.resolve("below")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("--cache");
    }
}
