package dev.skyhedge.cli.logs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.function.Consumer;

/// Prints one log: the last lines of what was there at first, then everything, each line behind a prefix so that those
/// of several replicas can be told apart. Not thread-safe.
final class LogPrinter {
    private final String prefix;
    private final OptionalInt tail;
    private final Consumer<String> out;
    private final Deque<String> kept = new ArrayDeque<>();
    private final StringBuilder unfinished = new StringBuilder();
    private boolean caughtUp;

    /// @param prefix before each line; empty for none
    /// @param tail how many lines of what is there at first; empty for all
    LogPrinter(String prefix, OptionalInt tail, Consumer<String> out) {
        this.prefix = prefix;
        this.tail = tail;
        this.out = out;
    }

    /// Takes a piece of the log, which may end in the middle of a line.
    void take(String text) {
        if (prefix.isEmpty() && (tail.isEmpty() || caughtUp)) {
            // A progress bar has no line ends, and is to be seen as it grows.
            out.accept(text);
            return;
        }
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(unfinished + text.substring(from, end + 1));
            unfinished.setLength(0);
            from = end + 1;
        }
        unfinished.append(text, from, text.length());
    }

    private void line(String line) {
        if (tail.isEmpty() || caughtUp) {
            out.accept(prefix + line);
            return;
        }
        kept.addLast(line);
        if (kept.size() > tail.getAsInt()) {
            kept.removeFirst();
        }
    }

    /// What was there at first has been taken.
    void caughtUp() {
        if (!caughtUp && tail.isPresent() && prefix.isEmpty() && !unfinished.isEmpty()) {
            line(unfinished.toString());
            unfinished.setLength(0);
        }
        caughtUp = true;
        kept.forEach(line -> out.accept(prefix + line));
        kept.clear();
    }

    /// Nothing more comes: a line without an end is a line, too.
    void end() {
        caughtUp();
        if (!unfinished.isEmpty()) {
            out.accept(prefix + unfinished + "\n");
            unfinished.setLength(0);
        }
    }
}
