package dev.skyhedge.cli.terminal;

import java.io.PrintWriter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/// Prints what is logged.
///
/// Public for the library that logs, which makes it by name, and for nobody else.
public final class LogHandler extends Handler {
    private final PrintWriter writer;

    /// Made once, for the logger of which all others are part.
    public LogHandler() {
        writer = new PrintWriter(Logging.queue());
        setLevel(Level.parse(LogManager.getLogManager().getProperty(".level")));
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
