package dev.skyhedge.cli.state;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.ExitSignals;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.StateException;
import dev.skyhedge.state.store.StateStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks at a state once, or every second until Ctrl-C.
final class StateLooks {
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /// Problems that go away by themselves.
    private static final Set<StateProblem.Kind> PASSING =
            Set.of(StateProblem.Kind.LOCKED, StateProblem.Kind.UNREACHABLE);

    private final Context context;
    private final StateArguments state;
    private final boolean repeated;
    private final CountDownLatch stopped = new CountDownLatch(1);
    /// Whether a look has succeeded, also one that found that there is no state.
    private boolean seen;
    /// Whether it was told that looks do not succeed any more.
    private boolean told;

    StateLooks(Context context, StateArguments state, boolean repeated) {
        this.context = context;
        this.state = state;
        this.repeated = repeated;
    }

    /// @param show gets the state at each look
    /// @return exit code
    int run(Consumer<StateStore> show) {
        if (repeated) {
            ExitSignals.stopQuietly(stopped::countDown);
        }
        try {
            do {
                lookAgain(show);
            } while (repeated && !isStopped());
            return ExitCode.OK;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.FAILED;
        }
    }

    /// What was seen once is looked for again: whoever has the state may be too busy to answer, or just going.
    private void lookAgain(Consumer<StateStore> show) throws InterruptedException {
        try {
            look(show);
        } catch (StateException e) {
            StateProblem problem = e.problem();
            if (!seen || !PASSING.contains(problem.kind())) {
                throw e;
            }
            if (!told) {
                context.terminal().complain(problem.summary() + ", looking again. " + problem.detail());
                told = true;
            }
        }
    }

    /// Once, or as often as one look lasts: a state that is not there yet is looked for anew.
    private void look(Consumer<StateStore> show) throws InterruptedException {
        boolean live = state.isLive(context);
        try (StateStore store = state.look(context)) {
            show.accept(store);
            seen = true;
            told = false;
            while (repeated && live && !isStopped()) {
                show.accept(store);
            }
        }
    }

    private boolean isStopped() throws InterruptedException {
        return stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }
}
