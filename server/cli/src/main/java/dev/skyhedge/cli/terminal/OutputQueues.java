package dev.skyhedge.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;

/// A terminal behind queues: one for each of its streams, as either may be stuck without the other.
///
/// @param terminal prints into the queues, and reads as before
public record OutputQueues(Terminal terminal, OutputQueue out, OutputQueue err) implements AutoCloseable {
    /// How long the end of a process waits for a terminal to take the last lines.
    public static final Duration LAST_LINES = Duration.ofSeconds(2);

    /// In front of this terminal; closed once nothing more is to be shown.
    public static OutputQueues before(Terminal terminal) {
        var out = new OutputQueue("out", terminal.out());
        var err = new OutputQueue("err", terminal.err());
        return new OutputQueues(
                new Terminal(
                        new PrintWriter(out),
                        new PrintWriter(err),
                        terminal.in(),
                        terminal.interactive(),
                        terminal.colour(),
                        terminal.columns()),
                out,
                err);
    }

    /// Leaves what nobody takes in time.
    @Override
    public void close() {
        if (out.await(LAST_LINES)) {
            err.await(LAST_LINES);
        }
    }
}
