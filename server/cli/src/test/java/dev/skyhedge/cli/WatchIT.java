package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `skyhedge watch` as a process, in front of real servers.
class WatchIT {
    private static final int MIN_READY = 2;
    private static final Duration PAUSE = Duration.ofMillis(10);

    @TempDir
    private Path directory;

    private Site site;

    @BeforeEach
    void declare() throws IOException {
        site = new Site(directory);
        site.declare("old!", MIN_READY, "");
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
    }

    /// Sends requests until told to stop, and keeps every answer.
    private static final class Requests implements AutoCloseable {
        private final AtomicBoolean stopped = new AtomicBoolean();
        private final List<String> answers = new CopyOnWriteArrayList<>();
        private final Thread thread;

        Requests(Site site) {
            thread = Thread.ofVirtual().start(() -> {
                while (!stopped.get()) {
                    answers.add(site.ask("/"));
                    java.util.concurrent.locks.LockSupport.parkNanos(PAUSE.toNanos());
                }
            });
        }

        /// One that is under way may have begun long ago; the second after it has not.
        void awaitTwoMore() {
            int before = answers.size();
            Background.await(() -> "two more answers", () -> answers.size() >= before + 2);
        }

        List<String> stop() throws InterruptedException {
            stopped.set(true);
            thread.join();
            return answers;
        }

        @Override
        public void close() throws InterruptedException {
            stop();
        }
    }

    @Test
    void terminationFinishesRequestsAndLeavesReplicasWhichTheNextWatchServesAtOnce() throws Exception {
        Background watch = site.watch();
        site.awaitAnswer("200 old!");
        var slow = CompletableFuture.supplyAsync(() -> site.ask("/slow"));
        watch.await("the slow request", site::slowRequestHasBegun);

        watch.signal("TERM");

        assertThat(slow.get()).isEqualTo("200 old!");
        assertThat(watch.awaitExit()).as(watch.printed()).isZero();
        assertThat(watch.printed()).contains("The replicas keep running");
        assertThat(site.live()).isEqualTo(MIN_READY);

        Background again = site.watch();
        site.awaitAnswer("200 old!");
        assertThat(site.everRented()).isEqualTo(MIN_READY);
        again.signal("TERM");
        assertThat(again.awaitExit()).isZero();
    }

    @Test
    void aServiceThatGetsAnotherNameGoesOnServingAndItsChecksAreExported() throws Exception {
        Background watch = site.watch();
        watch.await("two ready", () -> count(watch.printed(), " READY ") >= MIN_READY);
        site.awaitAnswer("200 old!");

        site.write(site.spec().replace("service \"web\"", "service \"site\"") + """
                moved {
                  from = service.web
                  to   = service.site
                }

                check "enough" {
                  assert {
                    condition     = service.site.ready_replicas >= 2
                    error_message = "too few"
                  }
                }
                """);

        watch.awaitText("# service.web has moved to service.site");
        watch.awaitText("Endpoint of service.site");
        site.awaitAnswer("200 old!");
        watch.await("a metric", () -> metrics(watch).contains("skyhedge_check_passed{check=\"check.enough\"} 1"));
        assertThat(site.everRented()).isEqualTo(MIN_READY);
        assertThat(site.live()).isEqualTo(MIN_READY);
    }

    private static String metrics(Background watch) {
        Matcher admin = Pattern.compile("Admin endpoint: (\\S+)").matcher(watch.printed());
        assertThat(admin.find()).isTrue();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(admin.group(1)).resolve("/metrics"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    @Test
    void changedSpecIsShownAndRolledOutWithoutAFailedRequest() throws Exception {
        Background watch = site.watch();
        site.awaitAnswer("200 old!");
        watch.await("two ready", () -> count(watch.printed(), " READY ") >= MIN_READY);
        try (Requests requests = new Requests(site)) {
            site.write(site.spec().replace("min_replicas", "min_replica"));
            watch.awaitText("The spec that was in force before stays in force.");
            assertThat(watch.printed()).contains("Did you mean \"min_replicas\"?");
            assertThat(site.ask("/")).isEqualTo("200 old!");

            // On a busy machine one that was too slow may have been replaced before.
            List<String> old = site.liveInstances();
            site.declare("new!", MIN_READY, "");
            watch.awaitText("Plan: ");
            site.awaitAnswer("200 new!");
            watch.await("old ones gone", () -> Collections.disjoint(old, site.liveInstances()));
            requests.awaitTwoMore();

            List<String> answers = requests.stop();
            assertThat(answers).containsOnly("200 old!", "200 new!").contains("200 old!", "200 new!");
            assertThat(answers.getLast()).isEqualTo("200 new!");
        }
        assertThat(watch.printed()).contains("The spec has changed.");
    }

    @Test
    void failingVersionStopsTheRollOutAndSaysSo() throws Exception {
        Background watch = site.watch();
        site.awaitAnswer("200 old!");
        watch.await("two ready", () -> count(watch.printed(), " READY ") >= MIN_READY);

        site.write(site.spec()
                .replace("old!", "bad!")
                .replace("'200 OK' : '200 OK'", "'500 Broken' : '200 OK'")
                .replace("initial_delay = \"10s\"", "initial_delay = \"4s\""));
        watch.awaitText("GET /health answered 500");
        watch.awaitText("is stopped");
        Background.await(
                () -> "roll-out stopped in status:\n" + status() + watch.printed(),
                () -> status().contains("is stopped, because its replicas fail"));

        assertThat(site.ask("/")).isEqualTo("200 old!");
        assertThat(watch.printed()).contains("is stopped, because its replicas fail");
        assertThat(site.live()).isGreaterThanOrEqualTo(MIN_READY);
    }

    private String status() {
        try (Background status = site.start("status", "-all")) {
            status.awaitExit();
            return status.printed();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void secondWatcherTakesOverWhenTheFirstIsKilled() throws Exception {
        Background first = site.watch();
        site.awaitAnswer("200 old!");
        Background second = site.watch();
        second.awaitText("Waiting: the state is leased to `skyhedge watch`");

        first.signal("KILL");
        long killed = System.nanoTime();
        site.awaitAnswer("200 old!");

        System.out.println("took over after "
                + Duration.ofNanos(System.nanoTime() - killed).toMillis() + " ms");
        assertThat(second.isAlive()).isTrue();
        assertThat(site.everRented()).isEqualTo(MIN_READY);
    }

    @Test
    void secondWatcherTakesOverWhenTheFirstIsStopped() throws Exception {
        Background first = site.watch();
        site.awaitAnswer("200 old!");
        Background second = site.watch();
        second.awaitText("Waiting: the state is leased to `skyhedge watch`");

        first.signal("STOP");
        second.awaitText("is stopped or hangs, and is in the way: it is ended.");
        site.awaitAnswer("200 old!");

        assertThat(second.isAlive()).isTrue();
        assertThat(site.everRented()).isEqualTo(MIN_READY);
    }

    @Test
    void blueGreenKeepsAllOldReplicasUntilAllNewOnesServe() throws Exception {
        Background watch = site.watch();
        site.awaitAnswer("200 old!");
        watch.await("two ready", () -> count(watch.printed(), " READY ") >= MIN_READY);
        try (Requests requests = new Requests(site)) {
            site.declare("new!", MIN_READY, "");
            site.write(
                    site.spec().replace("  endpoint {", "  update {\n    mode = \"blue_green\"\n  }\n\n  endpoint {"));
            watch.await("both colours", () -> site.live() == 2 * MIN_READY);
            watch.await("one colour", () -> site.live() == MIN_READY);

            assertThat(requests.stop()).containsOnly("200 old!", "200 new!");
        }
        assertThat(site.everRented()).isEqualTo(2 * MIN_READY);
        assertThat(site.ask("/")).isEqualTo("200 new!");
    }

    @Test
    void portInUseIsAnErrorAndNothingIsLaunched() throws Exception {
        Background first = site.watch();
        site.awaitAnswer("200 old!");

        Background other = site.start("watch", "web.hcl", "-admin-port=0", "-state=other");

        assertThat(other.awaitExit()).isEqualTo(1);
        assertThat(other.printed())
                .contains("The endpoint of service.web cannot be opened")
                .contains("Cannot listen on");
        assertThat(directory.resolve("other/providers/local/ledger")).doesNotExist();
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void askingNeedsATerminal() throws Exception {
        Background watch = site.start("watch", "web.hcl", "-approve=ask");

        assertThat(watch.awaitExit()).isEqualTo(1);
        assertThat(watch.printed()).contains("Nobody is here to approve changes");
    }

    @Test
    void commandThatExitsAtOnceEndsApplyWithItsLastWords() throws Exception {
        site.write(
                site.spec().replaceAll("command = .*", "command = [\"sh\", \"-c\", \"echo no CUDA device; exit 3\"]"));

        Background apply = site.start("apply", "web.hcl", "-auto-approve");

        assertThat(apply.awaitExit()).isEqualTo(1);
        assertThat(apply.printed()).contains("exit status 3").contains("no CUDA device");
        assertThat(count(apply.printed(), "Services do not get ready")).isEqualTo(1);
        assertThat(status()).contains("no CUDA device");
    }

    @Test
    void asksBeforeItAppliesAChangeIfTold() throws Exception {
        Background watch = site.watch("-approve=ask");
        site.awaitAnswer("200 old!");

        site.declare("old!", MIN_READY + 1, "");
        watch.awaitText("Apply this? Only 'yes' will be accepted:");
        watch.type("no");
        watch.awaitText("stays in force");
        assertThat(site.everRented()).isEqualTo(MIN_READY);

        IgnoredSignals.assumeHeard(IgnoredSignals.Signal.HUP);
        watch.signal("HUP");
        watch.await("asked again", () -> count(watch.printed(), "Apply this?") == 2);
        watch.type("yes");
        watch.await("a third", () -> site.live() == MIN_READY + 1);
    }

    @Test
    void sleepsAtZeroAndIsWokenByARequest() throws Exception {
        site.declare(
                "old!",
                0,
                "max_replicas = 2\n    target_qps_per_replica = 20\n    upscale_delay = \"1s\"\n"
                        + "    downscale_delay = \"2s\"\n    window = \"2s\"");
        Background watch = site.watch();
        watch.awaitText("Endpoint of service.web");
        assertThat(site.everRented()).isZero();

        assertThat(site.ask("/")).as(watch::printed).isEqualTo("200 old!");
        assertThat(site.everRented()).isPositive();
        watch.await("back at zero", () -> site.live() == 0);
    }

    /// Its drain limit would not save the request: nobody goes to zero while it runs.
    @Test
    void goesToZeroOnlyWhenWhatRunsHasEnded() throws Exception {
        site.declare(
                "old!",
                0,
                "max_replicas = 1\n    target_qps_per_replica = 20\n    upscale_delay = \"0s\"\n"
                        + "    downscale_delay = \"0s\"\n    window = \"1s\"\n  }\n"
                        + "  update {\n    drain_timeout = \"0s\"");
        Background watch = site.watch();
        watch.awaitText("Endpoint of service.web");

        assertThat(site.ask("/slow")).as(watch::printed).isEqualTo("200 old!");
        watch.await("back at zero", () -> site.live() == 0);
        assertThat(site.everRented()).isEqualTo(1);
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
