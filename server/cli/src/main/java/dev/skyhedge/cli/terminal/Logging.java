package dev.skyhedge.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;

/// Where the log goes: to standard error, warnings only unless `SKYHEDGE_LOG` asks for more. The library that logs
/// makes one of these by name when somebody logs for the first time, as its start takes longer than most commands.
///
/// Public for that library, and for nobody else.
public final class Logging {
    private static final String FORMAT = "java.util.logging.SimpleFormatter.format";

    /// Levels at which libraries tell what they send.
    private static final Set<String> TELLING = Set.of("FINE", "FINEST");

    /// None as long as nobody has logged.
    private static final AtomicReference<@Nullable OutputQueue> QUEUE = new AtomicReference<>();

    /// Has the log set up when it is needed.
    public static void begin() {
        System.setProperty("java.util.logging.config.class", Logging.class.getName());
        if (System.getProperty(FORMAT) == null) {
            System.setProperty(FORMAT, "%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        }
    }

    /// What waits for standard error, so that nobody who logs waits for a terminal.
    public static OutputQueue queue() {
        var queue = new OutputQueue("log", new PrintWriter(System.err, false, StandardCharsets.UTF_8));
        QUEUE.set(queue);
        return queue;
    }

    /// Waits until the last records are written, for as long as given; a process that ends should.
    public static void await(Duration limit) {
        @Nullable OutputQueue queue = QUEUE.get();
        if (queue != null) {
            queue.await(limit);
        }
    }

    /// Sets up the log of this process.
    ///
    /// @throws IOException never, as it reads its own text
    public Logging() throws IOException {
        LogManager.getLogManager()
                .readConfiguration(
                        new ByteArrayInputStream(configuration(System.getenv()).getBytes(StandardCharsets.ISO_8859_1)));
    }

    /// `SKYHEDGE_LOG` may be `error`, `warn`, `info`, `debug` or `trace`.
    public static String configuration(Map<String, String> environment) {
        String level = level(environment.getOrDefault("SKYHEDGE_LOG", "warn"));
        String all = "handlers=" + LogHandler.class.getName() + "\n.level=" + level + "\n"
                // Its connections log the headers of requests whole, and with them what lets us in.
                + (TELLING.contains(level) ? "sun.net.www.level=INFO\n" : "");
        return environment.containsKey("SKYHEDGE_LOG")
                ? all
                // It warns of every database that is newer than itself, which says nothing to a user.
                : all + "org.flywaydb.level=SEVERE\n";
    }

    private static String level(String word) {
        return switch (word) {
            case "error" -> "SEVERE";
            case "info" -> "INFO";
            case "debug" -> "FINE";
            case "trace" -> "FINEST";
            default -> "WARNING";
        };
    }
}
