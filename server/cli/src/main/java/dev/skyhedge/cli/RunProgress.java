package dev.skyhedge.cli;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts simulations on a terminal's standard error, in one line that goes away; nowhere else. Thread-safe.
final class RunProgress {
    private final Terminal terminal;
    private final int all;
    private final String what;
    private final AtomicInteger done = new AtomicInteger();

    RunProgress(Terminal terminal, int all, String what) {
        this.terminal = terminal;
        this.all = all;
        this.what = what;
    }

    /// One more is over.
    void next() {
        show("\r" + done.incrementAndGet() + " of " + all + " " + what + " ");
    }

    void end() {
        if (done.get() > 0) {
            show("\r\033[K");
        }
    }

    private synchronized void show(String text) {
        if (terminal.interactive()) {
            terminal.err().print(text);
            terminal.err().flush();
        }
    }
}
