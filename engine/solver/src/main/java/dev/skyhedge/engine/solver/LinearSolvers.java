package dev.skyhedge.engine.solver;

import dev.skyhedge.engine.accelerators.LinearSolver;
import java.util.Optional;
import java.util.function.Supplier;

/// Which solver this machine has. Natives are unpacked when the first one is opened, which takes
/// about a second.
public final class LinearSolvers {
    private LinearSolvers() {}

    /// @param notice what to tell people of the choice, once; empty if there is nothing to tell
    public record Opened(LinearSolver solver, Optional<String> notice) {}

    /// SCIP, or ojAlgo where its natives do not load.
    public static Opened open() {
        return open(ScipSolver::new);
    }

    /// The one in pure Java, which needs nothing.
    public static LinearSolver pureJava() {
        return new OjalgoSolver();
    }

    static Opened open(Supplier<LinearSolver> natives) {
        try {
            return new Opened(natives.get(), Optional.empty());
        } catch (LinkageError | RuntimeException e) {
            // The loader wraps what it meets, a missing file or a full disk, into exceptions of no common kind.
            return new Opened(
                    new OjalgoSolver(),
                    Optional.of("The native solver does not load here (" + e.getMessage()
                            + "), so mixes are computed in pure Java, which takes longer"));
        }
    }
}
