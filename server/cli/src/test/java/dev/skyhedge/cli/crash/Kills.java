package dev.skyhedge.cli.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// Kills operations at random instants, and brings things in order again after every one to three of them.
final class Kills {
    /// The time in which a kill comes, from the start of a process and from its first action on, to begin with. It
    /// shrinks when a process has ended before, and grows when it has not.
    private static final double FIRST_WINDOW_NANOS = 2e9;

    private static final double LARGEST_WINDOW_NANOS = 5e9;
    private static final double SHRINK = 0.8;
    private static final double GROW = 1.06;

    private static final int KILLED = 128 + 9;
    private static final int MOST_IN_A_ROW = 3;

    private final Scene scene;
    private final Random random;
    private final Map<Operation, Integer> killed = new EnumMap<>(Operation.class);
    private final double[] windowNanos = {FIRST_WINDOW_NANOS, FIRST_WINDOW_NANOS / 2};
    private boolean empty = true;
    private int groups;
    private int recoveries;
    private int tooLate;
    private int preemptions;
    private int whileActing;
    private int inspected;
    private int undecided;

    Kills(Scene scene, long seed) {
        this.scene = scene;
        this.random = new Random(seed);
    }

    int count() {
        return killed.values().stream().mapToInt(Integer::intValue).sum();
    }

    /// Kills until there were so many kills, or the time is up.
    ///
    /// @param deadline as of [System#nanoTime()]
    void run(int kills, long deadline) throws IOException, InterruptedException {
        while (count() < kills && System.nanoTime() - deadline < 0) {
            round();
        }
    }

    private void round() throws IOException, InterruptedException {
        StringBuilder story = new StringBuilder("kills so far " + count());
        Operation last = Operation.APPLY;
        int inARow = 1 + random.nextInt(MOST_IN_A_ROW);
        for (int i = 0; i < inARow; i++) {
            last = i == 0 ? somethingToDo() : Operation.values()[random.nextInt(Operation.values().length)];
            // Launches of a version that is not wanted any more are given up only after 30 s: not in every round.
            boolean mayChange = i == 0 || random.nextInt(8) == 0;
            if (mayChange && (last == Operation.UPDATE || last == Operation.WATCH)) {
                scene.changeReplicas();
            }
            story.append(", ").append(kill(last));
            if (random.nextBoolean()) {
                // Otherwise the next process is the first to open what this one left.
                undecided += scene.inspect(story.toString()).openIntents().isEmpty() ? 0 : 1;
                inspected++;
            }
        }
        scene.recover(last, story.toString());
        recoveries++;
        empty = last.remedy() == Operation.DESTROY;
    }

    private Operation somethingToDo() {
        List<Operation> sensible = empty
                ? List.of(Operation.APPLY, Operation.WATCH)
                : List.of(Operation.UPDATE, Operation.WATCH, Operation.DESTROY);
        return sensible.get(random.nextInt(sensible.size()));
    }

    private String kill(Operation operation) throws IOException, InterruptedException {
        boolean group = random.nextBoolean();
        boolean acting = random.nextInt(3) > 0;
        boolean preempts = operation == Operation.WATCH && random.nextBoolean();
        double part = random.nextDouble();
        String what = String.format(
                Locale.ROOT,
                "%s%s at %.0f %% of %s",
                operation.name().toLowerCase(Locale.ROOT),
                group ? " group" : "",
                part * 100,
                acting ? "its actions" : "its time");
        long begin = System.nanoTime();
        Run run = scene.start(operation, "");
        boolean acts = acting && run.awaitActing();
        long from = acts ? System.nanoTime() : begin;
        if (preempts) {
            preempt();
        }
        int window = acts ? 1 : 0;
        long wait = (long) (part * windowNanos[window]) - (System.nanoTime() - from);
        if (run.endsWithin(Duration.ofNanos(Math.max(0, wait)))) {
            tooLate++;
            windowNanos[window] *= SHRINK;
            Run.Ended ended = run.await();
            assertThat(ended.exitCode())
                    .as("%s ended by itself:%n%s", what, ended.output())
                    .isZero();
            return what + " (had ended)";
        }
        Run.Ended ended = group ? run.killGroup() : run.kill();
        if (ended.exitCode() == KILLED) {
            windowNanos[window] = Math.min(LARGEST_WINDOW_NANOS, windowNanos[window] * GROW);
            killed.merge(operation, 1, Integer::sum);
            groups += group ? 1 : 0;
            whileActing += acts ? 1 : 0;
        }
        return what;
    }

    /// Takes the oldest instance back, if there is one.
    private void preempt() throws IOException {
        var live = scene.cloud().ledger().live();
        if (!live.isEmpty() && scene.cloud().status().isPresent()) {
            scene.cloud().preempt(live.getFirst().instanceId(), Duration.ZERO);
            preemptions++;
        }
    }

    /// What was done, for people.
    String summary() throws IOException {
        return "Kills: " + count() + " " + killed + ", " + groups + " of them of the whole process group, "
                + whileActing
                + " after its first action; " + undecided + " of " + inspected + " states looked at had open intents; "
                + tooLate + " processes had ended before; " + preemptions + " preemptions meanwhile. After "
                + recoveries
                + " recoveries: " + scene.cloud().ledger().rentals().size()
                + " launches in the ledger, 0 duplicates, 0 orphans, 0 unreadable states.";
    }
}
