package dev.skyhedge.state.store;

import dev.skyhedge.spi.testing.TestPorts;
import dev.skyhedge.state.records.NaturalOrder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL server of the distribution's package: on loopback, on a free port, in a temporary directory,
/// stopped when the test process ends.
public final class PostgresFixture {
    private static final Path INSTALLATIONS = Path.of("/usr/lib/postgresql");
    private static final int START_SECONDS = 120;
    private static @Nullable PostgresFixture running;

    private final int port;
    private final List<String> startCommand;
    private final List<String> crashCommand;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresFixture(int port, List<String> startCommand, List<String> crashCommand) {
        this.port = port;
        this.startCommand = startCommand;
        this.crashCommand = crashCommand;
    }

    /// Ends the server as a crash would, and starts it again.
    void crashAndRestart() throws IOException, InterruptedException {
        crash();
        restart();
    }

    /// Ends the server as a crash would.
    public void crash() throws IOException, InterruptedException {
        run(crashCommand);
    }

    /// Starts it again.
    public void restart() throws IOException, InterruptedException {
        run(startCommand);
    }

    public static boolean isInstalled() {
        return Files.isDirectory(INSTALLATIONS);
    }

    /// The server, started by its first user.
    public static synchronized PostgresFixture running() {
        PostgresFixture fixture = running;
        if (fixture == null) {
            try {
                fixture = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            running = fixture;
        }
        return fixture;
    }

    /// The URL of a new, empty database.
    public String newDatabase() {
        String name = "state_" + databases.incrementAndGet();
        try (var connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    private static PostgresFixture start() throws IOException, InterruptedException {
        Path home = Files.createTempDirectory("skyhedge-postgres");
        Path data = home.resolve("data");
        if (isRoot()) {
            run(List.of("chown", "postgres", home.toString()));
        }
        Path bin = binaries();
        run(asServer(
                bin.resolve("initdb").toString(), "-D", data.toString(), "-A", "trust", "-U", "postgres", "--no-sync"));
        int port = TestPorts.free();
        // What a process wrote outlives it without fsync; only a machine that crashes would lose it.
        String options =
                "-p " + port + " -c fsync=off -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + home;
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bin, home, data)));
        List<String> start = asServer(
                bin.resolve("pg_ctl").toString(),
                "-D",
                data.toString(),
                "-w",
                "-t",
                Integer.toString(START_SECONDS),
                "-l",
                home.resolve("log").toString(),
                "-o",
                options,
                "start");
        run(start);
        return new PostgresFixture(port, start, crash(bin, data));
    }

    private static void stop(Path bin, Path home, Path data) {
        try {
            run(crash(bin, data));
            run(List.of("rm", "-rf", home.toString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("PostgreSQL in " + home + " was not stopped", e);
        }
    }

    private static List<String> crash(Path bin, Path data) {
        return asServer(bin.resolve("pg_ctl").toString(), "-D", data.toString(), "-m", "immediate", "stop");
    }

    private static Path binaries() throws IOException {
        try (Stream<Path> versions = Files.list(INSTALLATIONS)) {
            return versions.max((a, b) -> NaturalOrder.INSTANCE.compare(a.toString(), b.toString()))
                    .orElseThrow()
                    .resolve("bin");
        }
    }

    private static List<String> asServer(String... command) {
        List<String> line = new ArrayList<>(isRoot() ? List.of("runuser", "-u", "postgres", "--") : List.of());
        line.addAll(List.of(command));
        return line;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/tmp").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(START_SECONDS * 2L, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException("Failed: " + command);
        }
    }
}
