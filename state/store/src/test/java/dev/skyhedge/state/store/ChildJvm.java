package dev.skyhedge.state.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [Committing] process and what it has printed.
final class ChildJvm implements AutoCloseable {
    private static final int END_SECONDS = 20;

    private final Process process;
    private final BufferedReader output;
    private long lastSerial;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    static ChildJvm start(Path directory, String mode, String... flags) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m"));
        command.addAll(List.of(flags));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, Committing.class.getName(), directory.toString(), mode));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /// Reads lines until one starts with this word.
    void await(String word) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            note(line);
            if (line.startsWith(word)) {
                return;
            }
        }
        throw new IOException("The child ended before it said " + word);
    }

    void awaitCommits(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            await("SERIAL");
        }
    }

    /// Kills it with signal 9 and reads what it had still printed.
    void kill() throws IOException, InterruptedException {
        // Unlike Process.destroyForcibly(), this leaves the pipe open, with what the child had still written.
        process.toHandle().destroyForcibly();
        drain();
    }

    /// Waits for its own end.
    int exitCode() throws IOException, InterruptedException {
        drain();
        return process.exitValue();
    }

    private void drain() throws IOException, InterruptedException {
        output.lines().forEach(this::note);
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("The child does not end");
        }
    }

    private void note(String line) {
        if (line.startsWith("SERIAL ")) {
            lastSerial = Long.parseLong(line.substring("SERIAL ".length()));
        }
    }

    /// The last serial whose commit it saw return.
    long lastSerial() {
        return lastSerial;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
