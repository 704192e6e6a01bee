package dev.skyhedge.cli.terminal;

import java.util.concurrent.atomic.AtomicInteger;

/// Counts simulations on a terminal's standard error, in one line that goes away; nowhere else. Thread-safe.
public final class RunProgress {
    private final Terminal terminal;
    private final int all;
    private final String what;
    private final AtomicInteger done = new AtomicInteger();

    /// @param all how many runs there are
    /// @param what they are, in a word
    public RunProgress(Terminal terminal, int all, String what) {
        this.terminal = terminal;
        this.all = all;
        this.what = what;
    }

    /// None is over yet.
    public void begin() {
        show(done.get());
    }

    /// One more is over.
    public void next() {
        show(done.incrementAndGet());
    }

    private void show(int over) {
        show("\r" + over + " of " + all + " " + what + " ");
    }

    /// Takes it off the terminal.
    public void end() {
        show("\r\033[K");
    }

    private synchronized void show(String text) {
        if (terminal.interactive()) {
            terminal.err().print(text);
            terminal.err().flush();
        }
    }
}
