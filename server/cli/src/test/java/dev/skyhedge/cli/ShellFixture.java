package dev.skyhedge.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A shell in a directory with a spec, beside a cloud in which nothing runs yet.
abstract class ShellFixture {
    @TempDir
    Path directory;

    CloudNextDoor cloud;
    Shell shell;

    @BeforeEach
    void open() {
        cloud = new CloudNextDoor();
        shell = new Shell(directory, ClassPathPlugins.of(cloud));
        shell.write("chat.hcl", SpecTexts.CHAT);
    }

    @AfterEach
    void close() {
        cloud.close();
    }
}
