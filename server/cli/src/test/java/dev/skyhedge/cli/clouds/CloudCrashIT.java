package dev.skyhedge.cli.clouds;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.crash.Installed;
import dev.skyhedge.cli.crash.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Ends the process at the boundaries of the journal while it rents from a cloud and while it gives back, as
/// `kill -9` does. With `-Dcrash.boundaries=all` at the first, the middle and the last passage of every
/// boundary, and brings things in order after each; otherwise after the first call to the cloud, whose answer
/// is then lost, and at one more boundary that differs from cloud to cloud, one after another, and brings things
/// in order at the end.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
class CloudCrashIT {
    private static final boolean ALL =
            System.getProperty("crash.boundaries", "").equals("all");
    private static final int KILLED = 128 + 9;
    private static final int REPLICAS = 2;
    private static final List<String> APPLY = List.of("apply", "-auto-approve");
    private static final List<String> DESTROY = List.of("destroy", "-auto-approve");

    /// One for each cloud. Every run passes these at least twice.
    private static final List<Boundary> OTHERS = List.of(
            new Boundary("commit.mid", 2),
            new Boundary("step.after", 2),
            new Boundary("commit.before", 2),
            new Boundary("commit.after", 2));

    private final Map<Cloud, CloudScene> scenes = new EnumMap<>(Cloud.class);

    @TempDir
    private Path directory;

    /// A place in the process, and which passage through it is the last.
    private record Boundary(String name, int passage) {
        String armed() {
            return "-Dskyhedge.failpoint=" + name + ":" + passage;
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (CloudScene scene : scenes.values()) {
            scene.close();
        }
    }

    /// First all clouds are rented from, then all are given back to: what was launched just now might be too
    /// young to be seen, and a run that finds it gone has to wait until it is not.
    @TestFactory
    Stream<DynamicTest> leavesNoOrphanAndNoDuplicateWhereverItIsKilled() {
        return ALL
                ? tests("apply and destroy", this::crashEverywhere)
                : Stream.concat(
                        tests("apply", cloud -> crashAfterCalls(cloud, APPLY, "launch.after", REPLICAS)),
                        tests("destroy", cloud -> crashAfterCalls(cloud, DESTROY, "terminate.after", 0)));
    }

    private interface Walk {
        /// @return how many crashes there were
        int through(Cloud cloud) throws Exception;
    }

    private Stream<DynamicTest> tests(String operation, Walk walk) {
        return Stream.of(Cloud.values())
                .map(cloud -> DynamicTest.dynamicTest(
                        cloud.word() + " " + operation, () -> report(cloud, operation, walk.through(cloud))));
    }

    private void report(Cloud cloud, String operation, int crashes) throws IOException {
        System.out.println("Crashes at boundaries of the journal with " + cloud.word() + " (" + operation + "): "
                + crashes + ", " + scene(cloud).fake(cloud).ledger().size()
                + " launches in its ledger, 0 duplicates, 0 orphans");
        // A run that goes another way may end before it comes by a boundary as often as wanted.
        assertThat(crashes).isGreaterThan(ALL ? 30 : 0);
    }

    private CloudScene scene(Cloud cloud) throws IOException {
        CloudScene before = scenes.get(cloud);
        if (before != null) {
            return before;
        }
        Path home = Files.createDirectory(directory.resolve(cloud.word()));
        CloudScene scene = new CloudScene(home, REPLICAS, 0, List.of(cloud), cloud.word() + "/*/*");
        scenes.put(cloud, scene);
        return scene;
    }

    private int crashAfterCalls(Cloud cloud, List<String> operation, String call, int expected) throws Exception {
        CloudScene scene = scene(cloud);
        Boundary other = OTHERS.get(cloud.ordinal());
        int crashes = crash(scene, operation, new Boundary(call, 1)) + crash(scene, operation, other);
        finish(scene, operation, expected, "killed at " + call + " and at " + other);
        return crashes;
    }

    private int crashEverywhere(Cloud cloud) throws Exception {
        CloudScene scene = scene(cloud);
        List<Boundary> applying = boundaries(census(scene, APPLY));
        scene.judge(REPLICAS, "nothing before");
        List<Boundary> destroying = boundaries(census(scene, DESTROY));
        scene.judge(0, "nothing before");
        int crashes = 0;
        for (int i = 0; i < Math.max(applying.size(), destroying.size()); i++) {
            Boundary launching = applying.get(i % applying.size());
            crashes += crash(scene, APPLY, launching);
            finish(scene, APPLY, REPLICAS, "apply at " + launching);
            Boundary ending = destroying.get(i % destroying.size());
            crashes += crash(scene, DESTROY, ending);
            finish(scene, DESTROY, 0, "destroy at " + ending);
        }
        return crashes;
    }

    /// Runs an operation to its end and counts the passages.
    private Map<String, Integer> census(CloudScene scene, List<String> operation)
            throws IOException, InterruptedException {
        Path file = directory.resolve("census-" + operation.getFirst());
        Run.Ended ended = scene.start("-Dskyhedge.failpoint.census=" + file, operation.toArray(String[]::new))
                .await();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        Map<String, Integer> passages = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 2);
            passages.put(words[0], Integer.parseInt(words[1]));
        }
        assertThat(passages).containsKeys("commit.before", "commit.mid", "commit.after", "step.before", "step.after");
        return passages;
    }

    private static List<Boundary> boundaries(Map<String, Integer> passages) {
        return passages.entrySet().stream()
                .flatMap(entry -> Stream.of(1, (entry.getValue() + 1) / 2, entry.getValue())
                        .distinct()
                        .map(passage -> new Boundary(entry.getKey(), passage)))
                .toList();
    }

    /// Crashes there, unless this run takes fewer steps than the census did.
    ///
    /// @return how many crashes there were
    private static int crash(CloudScene scene, List<String> operation, Boundary boundary) throws Exception {
        Run.Ended killed =
                scene.start(boundary.armed(), operation.toArray(String[]::new)).await();
        boolean passedLessOften = killed.exitCode() == 0 && boundary.passage() > 1;
        if (!passedLessOften) {
            assertThat(killed.exitCode())
                    .as("%s at %s:%n%s", operation.getFirst(), boundary, killed.output())
                    .isEqualTo(KILLED);
        }
        scene.requireNoDuplicate(operation.getFirst() + " at " + boundary);
        return passedLessOften ? 0 : 1;
    }

    private static void finish(CloudScene scene, List<String> operation, int expected, String what) throws Exception {
        Run.Ended finished = scene.run(operation.toArray(String[]::new));
        assertThat(finished.exitCode())
                .as("%s, then:%n%s", what, finished.output())
                .isZero();
        scene.judge(expected, what);
    }
}
