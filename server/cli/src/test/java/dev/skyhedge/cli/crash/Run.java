package dev.skyhedge.cli.crash;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// One process of the command.
public record Run(Process process, Path log, String arguments) {
    /// What a process has for itself to end in; generous, because machines that build are busy.
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private static final long LOOK_NANOS = 5_000_000;
    /// What it says at its first action; a watching process, when it begins to look for some.
    private static final List<String> ACTING = List.of("Creating...", "Destroying...", "Admin endpoint");

    /// How it ended.
    ///
    /// @param exitCode 137 for signal 9
    public record Ended(int exitCode, String output) {}

    public Ended await() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            kill();
            throw new AssertionError("`" + arguments + "` did not end within " + PATIENCE + ":\n" + output());
        }
        return ended();
    }

    /// Whether it ended by itself within the given time.
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Signal 9 to this process alone.
    public Ended kill() throws IOException, InterruptedException {
        process.destroyForcibly().waitFor();
        return ended();
    }

    /// Signal 9 to everything in its process group, as a terminal or a supervisor that gives up does.
    public Ended killGroup() throws IOException, InterruptedException {
        signal("KILL", -process.pid());
        process.waitFor();
        return ended();
    }

    public void interrupt() throws IOException, InterruptedException {
        signal("INT", process.pid());
    }

    public void terminate() throws IOException, InterruptedException {
        signal("TERM", process.pid());
    }

    /// Waits until it has said something.
    public void awaitOutput(String text) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!output().contains(text)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("`" + arguments + "` never said \"" + text + "\":\n" + output());
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /// Waits until it has begun to change something, or has ended.
    ///
    /// @return whether it has begun
    public boolean awaitActing() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            String said = output();
            if (ACTING.stream().anyMatch(said::contains)) {
                return true;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    public String output() throws IOException {
        return Files.readString(log, StandardCharsets.UTF_8);
    }

    private Ended ended() throws IOException {
        return new Ended(process.exitValue(), output());
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "--", Long.toString(pid))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
