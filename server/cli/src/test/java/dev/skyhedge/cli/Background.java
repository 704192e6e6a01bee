package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.crash.Installed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A `skyhedge` process of its own, and what it has printed.
final class Background implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<String> JVM = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx128m");
    private static final Duration LOOK = Duration.ofMillis(20);

    private final Process process;
    private final StringBuffer printed = new StringBuffer();

    private Background(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> {
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (int next = reader.read(); next >= 0; next = reader.read()) {
                    printed.append((char) next);
                }
            } catch (IOException e) {
                // The process was killed while its output was read.
                printed.append(e).append('\n');
            }
        });
    }

    static Background start(Path directory, boolean interactive, String... arguments) {
        return start(
                directory,
                interactive,
                Map.of("SKYHEDGE_STATE", directory.resolve("state").toString()),
                arguments);
    }

    /// One that has to find its state by itself.
    static Background startWithoutState(Path directory, String... arguments) {
        return start(directory, false, Map.of(), arguments);
    }

    private static Background start(
            Path directory, boolean interactive, Map<String, String> environment, String... arguments) {
        boolean installed = !interactive && !Installed.home().toString().isEmpty();
        List<String> command = new ArrayList<>(installed ? List.of(Installed.command()) : classPath(interactive));
        command.addAll(List.of(arguments));
        try {
            var builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            Installed.prepare(builder.environment(), String.join(" ", JVM));
            builder.environment().putAll(environment);
            return new Background(builder.start());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /// Where nothing is installed yet, or somebody seems to type, which takes a terminal or a word in place of one.
    private static List<String> classPath(boolean interactive) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of(
                "-Dinteractive=" + interactive,
                "-cp",
                System.getProperty("surefire.real.class.path", System.getProperty("java.class.path")),
                SkyhedgeProcess.class.getName()));
        return command;
    }

    String printed() {
        return printed.toString();
    }

    void type(String line) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        in.flush();
    }

    void awaitText(String text) {
        await(text, () -> printed.indexOf(text) >= 0);
    }

    /// Also what it printed right before its end, which may still be on its way.
    void awaitPrinted(String text) {
        await(() -> text + " in:\n" + printed, () -> printed.indexOf(text) >= 0);
    }

    void await(String what, BooleanSupplier condition) {
        await(() -> what + " in:\n" + printed, () -> {
            boolean ended = !process.isAlive();
            boolean met = condition.getAsBoolean();
            assertThat(ended && !met)
                    .as("ended before " + what + ":\n" + printed)
                    .isFalse();
            return met;
        });
    }

    static void await(java.util.function.Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what.get()).isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(code).isZero();
    }

    int awaitExit() throws InterruptedException {
        assertThat(process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS))
                .as(printed::toString)
                .isTrue();
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
