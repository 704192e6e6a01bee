package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CappedLogTest {
    @TempDir
    private Path directory;

    private CappedLog log() throws IOException {
        return new CappedLog(DaemonFiles.createFile(directory.resolve("daemon.log")), 10);
    }

    private static void write(CappedLog log, String text) throws IOException {
        Files.writeString(log.file(), text, StandardOpenOption.APPEND);
    }

    @Test
    void becomesTheOldOneOnceItIsLargerThanTheCap() throws IOException {
        CappedLog log = log();
        write(log, "0123456789");
        assertThat(log.trim()).isZero();

        write(log, "a");
        assertThat(log.trim()).isEqualTo(11);
        write(log, "next");

        assertThat(log.file()).hasContent("next");
        assertThat(log.old()).hasContent("0123456789a");
    }

    @Test
    void keepsOneOldOneWhichOnlyItsOwnerReads() throws IOException {
        CappedLog log = log();
        for (String text : new String[] {"first text", "second text", "third text!"}) {
            write(log, text);
            log.trim();
        }

        assertThat(log.old()).hasContent("third text!");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log.old())))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(2);
        }
    }
}
