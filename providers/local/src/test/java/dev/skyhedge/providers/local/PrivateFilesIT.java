package dev.skyhedge.providers.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a cloud in a box leaves in the directory of a state.
class PrivateFilesIT {
    @TempDir
    private Path place;

    private Path box() {
        return place.resolve("state").resolve("providers").resolve("local");
    }

    @AfterEach
    void stopCloud() throws IOException {
        new LocalCloud(box()).stop();
    }

    @Test
    void areForTheirOwnerAlone() throws IOException {
        try (Provider provider = Box.open(box())) {
            Instance instance = Box.done(provider.launch(Box.request("r-1", "sleep", "60")));
            Box.awaitState(provider, instance.id(), InstanceState.RUNNING);

            try (Stream<Path> files = Files.walk(place.resolve("state"))) {
                List<Path> all = files.toList();
                assertThat(all).hasSizeGreaterThan(8);
                assertThat(all)
                        .allSatisfy(
                                file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                                        .as(file.toString())
                                        .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
            }
        }
    }

    @Test
    void belongToTheOwnerOfThePlaceAlsoWhereRootMadeThemButNotTheSecretOfItsDaemon() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root can give files away");
        UserPrincipal user =
                place.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(place, user);
        try (Provider provider = Box.open(box())) {
            Box.done(provider.observe(Box.LINEAGE));

            Path address = new DaemonFiles(box()).address();
            assertThat(Files.getOwner(address).getName()).isEqualTo("root");
            try (Stream<Path> files = Files.walk(place.resolve("state"))) {
                assertThat(files.filter(file -> !file.equals(address)).toList())
                        .hasSizeGreaterThan(5)
                        .allSatisfy(file -> assertThat(Files.getOwner(file))
                                .as(file.toString())
                                .isEqualTo(user));
            }
        }
    }
}
