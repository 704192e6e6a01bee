package dev.skyhedge.watch.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallationKeyTest {
    @TempDir
    Path directory;

    @Test
    void isMadeOnceAndReadableByItsOwnerOnly() throws Exception {
        Path installation = directory.resolve("new");

        byte[] key = InstallationKey.NOTICES.read(Map.of(), installation);

        assertThat(InstallationKey.NOTICES.read(Map.of(), installation))
                .isEqualTo(key)
                .hasSize(64);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(installation.resolve(InstallationKey.NOTICES.file()))))
                .isEqualTo("rw-------");
        try (var files = Files.list(installation)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void comesFromTheEnvironmentWhereMachinesShareIt() throws Exception {
        Path file = Files.writeString(directory.resolve("shared"), "a-long-random-text\n");

        assertThat(InstallationKey.NOTICES.read(
                        Map.of(InstallationKey.NOTICES.variable(), "a-long-random-text"), directory))
                .isEqualTo(InstallationKey.NOTICES.read(
                        Map.of(InstallationKey.NOTICES.variable(), "file:" + file), directory));
        assertThat(directory.resolve(InstallationKey.NOTICES.file())).doesNotExist();
    }

    @Test
    void isRefusedIfItIsTooShortToBeSecret() {
        assertThatThrownBy(() ->
                        InstallationKey.NOTICES.read(Map.of(InstallationKey.NOTICES.variable(), "short"), directory))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void belongsToTheOwnerOfTheInstallationAlsoWhereRootMadeIt() throws Exception {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        UserPrincipal user =
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(directory, user);
        Path installation = directory.resolve("new");

        InstallationKey.NOTICES.read(Map.of(), installation);

        assertThat(Files.getOwner(installation)).isEqualTo(user);
        assertThat(Files.getOwner(installation.resolve(InstallationKey.NOTICES.file())))
                .isEqualTo(user);
    }
}
