package dev.skyhedge.watch;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.records.LeaseClaim;
import dev.skyhedge.state.records.Snapshot;
import dev.skyhedge.state.records.StateProblem;
import dev.skyhedge.state.store.LeaseResult;
import dev.skyhedge.state.store.LeaseTerms;
import dev.skyhedge.state.store.LocalProcesses;
import dev.skyhedge.state.store.StateStore;
import dev.skyhedge.watch.installation.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Gets the right to change a state.
public final class Leases {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private Leases() {}

    /// The lease, waiting for up to the given time while somebody else has it.
    ///
    /// @throws Refusal if it cannot be had by then
    public static Lease acquire(StateStore store, String operation, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        return acquire(store, operation, () -> System.nanoTime() - deadline < 0, _ -> {});
    }

    /// The lease, waiting for as long as told.
    ///
    /// @param goOn whether to wait further
    /// @param waiting is told once who has it
    public static Lease acquire(StateStore store, String operation, BooleanSupplier goOn, Consumer<Lease> waiting) {
        LeaseClaim claim = LocalProcesses.claim(operation, "1");
        long toldAbout = -1;
        while (true) {
            switch (store.acquire(claim)) {
                case LeaseResult.Granted(Lease lease) -> {
                    return lease;
                }
                case LeaseResult.Unavailable(StateProblem problem) ->
                    throw new Refusal(problem.summary(), problem.detail());
                case LeaseResult.HeldBy(Lease held) -> {
                    if (held.epoch() != toldAbout) {
                        waiting.accept(held);
                        toldAbout = held.epoch();
                    }
                    if (!goOn.getAsBoolean()) {
                        throw locked(held);
                    }
                }
            }
            pause();
        }
    }

    private static Refusal locked(Lease held) {
        String remedy = held.claim().operation().equals("watch")
                ? "What a watching process has is changed through it: `skyhedge apply`, `destroy`, `replica`, `service` and"
                        + " `zone` tell it what to do. For anything else stop it first; its replicas keep running."
                : "Wait until it has ended, or wait here with -lock-timeout=5m.";
        return new Refusal(
                "The state is locked",
                "It is leased to " + describe(held) + ". " + remedy
                        + " If you are certain that it is dead: skyhedge force-unlock " + held.epoch());
    }

    /// The lease of a process that watches, as long as nobody else may have it: one that is late to show that it lives
    /// watches still.
    public static Optional<Lease> watching(Snapshot snapshot, Instant now) {
        return snapshot.lease()
                .filter(lease -> lease.claim().operation().equals(Leadership.WATCH))
                .filter(lease -> !LeaseTerms.isOver(lease, now, LocalProcesses::isDead));
    }

    /// Who holds a lease, and for what.
    public static String describe(Lease lease) {
        LeaseClaim claim = lease.claim();
        return "`skyhedge " + claim.operation() + "`, process " + claim.pid() + " on " + claim.host() + ", last seen "
                + lease.heartbeatAt() + ", epoch " + lease.epoch();
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal("Interrupted", "The state was not leased.");
        }
    }
}
