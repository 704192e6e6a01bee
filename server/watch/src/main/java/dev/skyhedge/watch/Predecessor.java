package dev.skyhedge.watch;

import dev.skyhedge.state.records.Lease;
import dev.skyhedge.state.store.LocalProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The process that watched before, where it is one of this machine: a stopped or hanging one keeps what its
/// successor needs, the files of the state and the ports of the endpoints. Ending it is safe at any instant, as every
/// intent is written first, and it has been silent for longer than it may act. Thread-safe.
final class Predecessor {
    /// After this time without an answer a process that somebody has stopped is ended.
    private static final Duration STOPPED_LIMIT = Duration.ofSeconds(12);
    /// And one that hangs in another way, or is only very slow.
    private static final Duration SILENT_LIMIT = Duration.ofSeconds(30);
    /// A process that lives gives its endpoints up within a heartbeat of losing the lease.
    private static final Duration GIVING_UP = Duration.ofSeconds(6);

    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Consumer<String> say;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("predecessor").factory());
    private volatile Optional<Lease> holder = Optional.empty();
    private volatile long answeredNanos = System.nanoTime();
    private volatile boolean waiting;

    /// @param holdsState whether the state is reached through the process that has it
    Predecessor(Consumer<String> say, boolean holdsState) {
        this.say = say;
        if (holdsState) {
            timer.scheduleAtFixedRate(this::look, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /// This one has the lease now, as the state has just said.
    void seen(Lease held) {
        holder = Optional.of(held);
        answeredNanos = System.nanoTime();
        waiting = true;
    }

    private void look() {
        long silent = System.nanoTime() - answeredNanos;
        if (waiting && silent > SILENT_LIMIT.toNanos()) {
            endIf(() -> true);
        } else if (waiting && silent > STOPPED_LIMIT.toNanos()) {
            endIf(this::isStopped);
        }
    }

    /// Its lease is ours. It is ended if it does not let go of what we need.
    void succeeded(BooleanSupplier inTheWay) {
        waiting = false;
        timer.schedule(() -> endIf(inTheWay), GIVING_UP.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void endIf(BooleanSupplier condition) {
        process().filter(_ -> condition.getAsBoolean()).ifPresent(process -> {
            say.accept("Process " + process.pid()
                    + ", which watched before, is stopped or hangs, and is in the way: it is ended.");
            if (!process.destroyForcibly()) {
                say.accept("Process " + process.pid() + " cannot be ended by this user.");
            }
            holder = Optional.empty();
        });
    }

    private Optional<ProcessHandle> process() {
        return holder.map(Lease::claim)
                .filter(claim -> claim.operation().equals(Leadership.WATCH))
                .flatMap(LocalProcesses::other);
    }

    /// Whether somebody has stopped it; false where the kernel does not tell.
    private boolean isStopped() {
        return process().filter(one -> state(one) == 'T').isPresent();
    }

    private static char state(ProcessHandle process) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            // The name of the program, in parentheses, may hold anything.
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException | StringIndexOutOfBoundsException e) {
            return '?';
        }
    }
}
