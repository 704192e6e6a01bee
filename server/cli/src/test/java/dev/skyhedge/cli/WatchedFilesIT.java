package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What happens to running services when files of a spec are written, lost, or are others than before.
class WatchedFilesIT {
    private static final int REPLICAS = 2;

    @TempDir
    private Path directory;

    private Site site;
    private Path file;

    @BeforeEach
    void declare() throws IOException {
        site = new Site(directory);
        site.declare("old!", REPLICAS, "");
        file = directory.resolve("web.hcl");
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    private Background watchUntilReady() {
        Background watch = site.watch();
        watch.await("two ready", () -> count(watch.printed(), " READY ") >= REPLICAS);
        site.awaitAnswer("200 old!");
        return watch;
    }

    private void requireUntouched() {
        assertThat(site.ask("/")).isEqualTo("200 old!");
        assertThat(site.live()).isEqualTo(REPLICAS);
        assertThat(site.everRented()).isEqualTo(REPLICAS);
    }

    private static int count(String text, String part) {
        return text.split(Pattern.quote(part), -1).length - 1;
    }

    @Test
    void aFileThatIsEmptyForAWhileAndWrittenAgainEndsNothing() throws Exception {
        Background watch = watchUntilReady();
        String spec = site.spec();

        Files.writeString(file, "");
        watch.awaitText("The spec declares no service");
        requireUntouched();
        Files.writeString(file, spec);
        watch.awaitText("The spec is again as it was.");

        requireUntouched();
        assertThat(count(watch.printed(), "The spec declares no service")).isEqualTo(1);
        assertThat(watch.printed()).contains("web.hcl declares nothing").contains("skyhedge destroy");
    }

    @Test
    void aFileThatIsGoneEndsNothingAndWhatWasInForceIsKeptUp() throws Exception {
        Background watch = watchUntilReady();
        Files.move(file, directory.resolve("away"));
        watch.awaitText("There is no file or directory web.hcl");
        requireUntouched();

        site.cloud().preempt(site.cloud().ledger().live().getFirst().instanceId(), Duration.ZERO);
        watch.await("a replacement", () -> site.everRented() > REPLICAS && site.live() >= REPLICAS);
        assertThat(site.ask("/")).isEqualTo("200 old!");
        assertThat(count(watch.printed(), "There is no file or directory")).isEqualTo(1);

        Files.move(directory.resolve("away"), file);
        watch.awaitText("The spec is again as it was.");
    }

    @Test
    void anotherSpecBesideARecordedServiceRunsBesideIt() throws Exception {
        Background first = watchUntilReady();
        first.signal("TERM");
        assertThat(first.awaitExit()).isZero();
        Files.writeString(
                directory.resolve("other.hcl"),
                site.spec()
                        .replace("service \"web\"", "service \"other\"")
                        .replaceFirst("(?s)  endpoint \\{.*?\\}\n", ""));

        Background other = site.start("watch", "other.hcl", "-admin-port=0");
        other.await("both", () -> site.live() == 2 * REPLICAS);

        site.awaitAnswer("200 old!");
        assertThat(other.printed())
                .contains("Recorded and not in this spec: web.")
                .contains("-confirm-removal=web");
        assertThat(site.everRented()).isEqualTo(2 * REPLICAS);
    }

    @Test
    void aServiceWhoseBlockStaysAwayGoesAndNotBefore() throws Exception {
        String spec = site.spec();
        Matcher block = Pattern.compile("(?s)service \"web\".*").matcher(spec);
        assertThat(block.find()).isTrue();
        site.write(spec
                + block.group()
                        .replace("service \"web\"", "service \"other\"")
                        .replaceFirst("(?s)  endpoint \\{.*?\\}\n", ""));
        Background watch = site.watch();
        watch.await("all ready", () -> count(watch.printed(), " READY ") >= 2 * REPLICAS);

        site.write(spec);
        watch.awaitText("does not declare other any more. If it stays like that for 10s");
        assertThat(site.live()).isEqualTo(2 * REPLICAS);

        watch.await("the end of the other", () -> site.live() == REPLICAS);
        assertThat(site.ask("/")).isEqualTo("200 old!");
    }

    @Test
    void aStandbyWithOlderFilesGoesOnWithWhatIsInForce() throws Exception {
        Files.writeString(directory.resolve("copy.hcl"), site.spec());
        Background first = watchUntilReady();
        Background standby = site.start("watch", "copy.hcl", "-admin-port=0");
        standby.awaitText("Waiting: the state is leased to `skyhedge watch`");
        site.declare("new!", REPLICAS, "");
        site.awaitAnswer("200 new!");
        first.await("old ones gone", () -> site.live() == REPLICAS && site.everRented() == 2 * REPLICAS);

        first.signal("KILL");
        standby.awaitText("The spec here is older than the one in force");
        site.awaitAnswer("200 new!");
        assertThat(site.everRented()).isEqualTo(2 * REPLICAS);

        Files.writeString(directory.resolve("copy.hcl"), site.spec().replace("new!", "last"));
        site.awaitAnswer("200 last");
    }
}
