package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// Ends the process exactly at every boundary of the journal, at its first, its middle and its last passage:
/// all of them with `-Dcrash.boundaries=all`, otherwise one of the three for a third of the boundaries of each
/// operation, which differ between operations that pass the same ones.
@EnabledIfSystemProperty(
        named = Installed.PROPERTY,
        matches = ".+",
        disabledReason = "The distribution is not assembled yet")
class FailpointIT {
    private static final boolean ALL =
            System.getProperty("crash.boundaries", "").equals("all");
    private static final int KILLED = 128 + 9;
    /// One boundary of so many, unless all are asked for.
    private static final int SHARE = 3;
    /// A watching process that has settled never passes another boundary.
    private static final Duration WATCH_LIMIT = Duration.ofSeconds(20);

    /// A boundary that a state passes once, when its tables are made.
    private static final Boundary NEW_STATE = new Boundary("migrate.written", 1);

    /// A command that only looks need not look after every crash.
    private final Set<Operation> listed = EnumSet.noneOf(Operation.class);

    @TempDir
    private Path directory;

    /// A place in the process, and which passage through it is the last.
    private record Boundary(String name, int passage) {
        String armed() {
            return "-Dskyhedge.failpoint=" + name + ":" + passage;
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void finishesWhatAnApplyOrADestroyLeftAtAnyBoundary() throws Exception {
        try (var scene = new Scene(directory)) {
            int crashes = crash(scene, Operation.APPLY, NEW_STATE);
            scene.recover(Operation.DESTROY, "nothing before");
            List<Boundary> applying = boundaries(census(scene, Operation.APPLY), 0);
            List<Boundary> destroying = boundaries(census(scene, Operation.DESTROY), 1);
            for (int i = 0; i < Math.max(applying.size(), destroying.size()); i++) {
                crashes += crash(scene, Operation.APPLY, at(applying, i));
                crashes += crash(scene, Operation.DESTROY, at(destroying, i));
            }
            report("apply, destroy", crashes);
        }
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.MINUTES)
    void finishesWhatAnUpdateOrAWatcherLeftAtAnyBoundary() throws Exception {
        try (var scene = new Scene(directory)) {
            scene.recover(Operation.APPLY, "nothing before");
            scene.changeReplicas();
            List<Boundary> passed = census(scene, Operation.UPDATE);
            List<Boundary> updating = boundaries(passed, 2);
            List<Boundary> watching = boundaries(passed, 1);
            int crashes = 0;
            for (int i = 0; i < Math.max(updating.size(), watching.size()); i++) {
                scene.changeReplicas();
                crashes += crash(scene, Operation.UPDATE, at(updating, i));
                scene.changeReplicas();
                crashes += crash(scene, Operation.WATCH, at(watching, i));
            }
            report("update, watch", crashes);
        }
    }

    private static void report(String operations, int crashes) {
        System.out.println("Crashes at boundaries of the journal (" + operations + "): " + crashes);
        assertThat(crashes).isGreaterThan(ALL ? 30 : 2);
    }

    /// Runs an operation to its end and counts the passages.
    private List<Boundary> census(Scene scene, Operation operation) throws IOException, InterruptedException {
        Path file = directory.resolve("census-" + operation);
        Run.Ended ended =
                scene.start(operation, "-Dskyhedge.failpoint.census=" + file).await();
        assertThat(ended.exitCode()).as(ended.output()).isZero();
        Map<String, Integer> passages = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split(" ", 2);
            passages.put(words[0], Integer.parseInt(words[1]));
        }
        assertThat(passages).containsKeys("commit.before", "commit.mid", "commit.after", "step.before", "step.after");
        return passages.entrySet().stream()
                .map(entry -> new Boundary(entry.getKey(), entry.getValue()))
                .toList();
    }

    /// First, middle and last passages; unless all are asked for, one of the three, of every third boundary.
    private static List<Boundary> boundaries(List<Boundary> last, int turn) {
        List<Boundary> chosen = new ArrayList<>();
        for (int i = 0; i < last.size(); i++) {
            Boundary boundary = last.get(i);
            List<Boundary> three = List.of(
                    new Boundary(boundary.name(), 1),
                    new Boundary(boundary.name(), (boundary.passage() + 1) / 2),
                    boundary);
            if (ALL) {
                chosen.addAll(three);
            } else if ((i + turn) % SHARE == 0) {
                chosen.add(three.get((i + turn) / SHARE % three.size()));
            }
        }
        return chosen;
    }

    private static Boundary at(List<Boundary> boundaries, int index) {
        return boundaries.get(index % boundaries.size());
    }

    /// Crashes there, unless this run takes fewer steps than the census did.
    ///
    /// @return how many crashes there were
    private int crash(Scene scene, Operation operation, Boundary boundary) throws IOException, InterruptedException {
        String what = operation + " at " + boundary;
        Run run = scene.start(operation, boundary.armed());
        if (operation == Operation.WATCH && !run.endsWithin(WATCH_LIMIT)) {
            run.kill();
            scene.recover(operation, what + ", killed without reaching it");
            return 0;
        }
        Run.Ended ended = run.await();
        if (ended.exitCode() == 0 && boundary.passage() > 1) {
            // It was passed less often than in the census; what was to be done is done.
            scene.recover(operation, what + ", never reached");
            return 0;
        }
        assertThat(ended.exitCode()).as("%s:%n%s", what, ended.output()).isEqualTo(KILLED);
        if (ALL || listed.add(operation)) {
            Run.Ended list = scene.run("state", "list");
            assertThat(list.exitCode()).as("%s, then:%n%s", what, list.output()).isZero();
        }
        scene.inspect(what);
        scene.recover(operation, what);
        return 1;
    }
}
