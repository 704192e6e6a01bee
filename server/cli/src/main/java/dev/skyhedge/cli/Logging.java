package dev.skyhedge.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Where the log goes: to standard error, warnings only unless `SKYHEDGE_LOG` asks for more.
final class Logging {
    private static final Logger ROOT = Logger.getLogger("");
    // Kept here, because java.util.logging forgets levels of loggers that nobody holds.
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    private Logging() {}

    /// `SKYHEDGE_LOG` may be `error`, `warn`, `info`, `debug` or `trace`. Records wait in a queue for standard error,
    /// so that nobody who logs waits for a terminal.
    ///
    /// @return the queue, whose last records a process that ends should wait for
    static OutputQueue begin(Map<String, String> environment) {
        if (System.getProperty("java.util.logging.SimpleFormatter.format") == null) {
            System.setProperty("java.util.logging.SimpleFormatter.format", "%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n");
        }
        Level level = level(environment.getOrDefault("SKYHEDGE_LOG", "warn"));
        ROOT.setLevel(level);
        if (!environment.containsKey("SKYHEDGE_LOG")) {
            // It warns of every database that is newer than itself, which says nothing to a user.
            MIGRATIONS.setLevel(Level.SEVERE);
        }
        for (Handler handler : ROOT.getHandlers()) {
            ROOT.removeHandler(handler);
        }
        var queue = new OutputQueue("log", new PrintWriter(System.err, false, StandardCharsets.UTF_8));
        ROOT.addHandler(new WriterHandler(new PrintWriter(queue), level));
        return queue;
    }

    private static final class WriterHandler extends Handler {
        private final PrintWriter writer;

        WriterHandler(PrintWriter writer, Level level) {
            this.writer = writer;
            setLevel(level);
            setFormatter(new SimpleFormatter());
        }

        @Override
        public void publish(LogRecord record) {
            if (isLoggable(record)) {
                writer.print(getFormatter().format(record));
                writer.flush();
            }
        }

        @Override
        public void flush() {
            writer.flush();
        }

        @Override
        public void close() {}
    }

    private static Level level(String word) {
        return switch (word) {
            case "error" -> Level.SEVERE;
            case "info" -> Level.INFO;
            case "debug" -> Level.FINE;
            case "trace" -> Level.FINEST;
            default -> Level.WARNING;
        };
    }
}
