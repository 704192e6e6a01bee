package dev.skyhedge.cli.terminal;

import java.util.concurrent.atomic.AtomicInteger;
import sun.misc.Signal;

/// What Ctrl-C, SIGTERM, SIGHUP and SIGWINCH do while a command acts.
public final class ExitSignals {
    private static final AtomicInteger INTERRUPTS = new AtomicInteger();

    private ExitSignals() {}

    /// The first SIGINT or SIGTERM asks to stop; a second SIGINT ends the process at once, which the journal makes
    /// safe.
    public static void stopGently(Terminal terminal, Runnable stop) {
        Signal.handle(new Signal("INT"), _ -> {
            if (INTERRUPTS.incrementAndGet() > 1) {
                Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
            }
            terminal.complain("Stopping: calls under way are finished. Interrupt again to end at once.");
            stop.run();
        });
        Signal.handle(new Signal("TERM"), _ -> stop.run());
    }

    /// SIGINT and SIGTERM end a display, without a word.
    public static void stopQuietly(Runnable stop) {
        Signal.handle(new Signal("INT"), _ -> stop.run());
        Signal.handle(new Signal("TERM"), _ -> stop.run());
    }

    /// The terminal has got another size.
    public static void resized(Runnable look) {
        Signal.handle(new Signal("WINCH"), _ -> look.run());
    }

    /// SIGHUP asks to read the spec again.
    public static void reload(Runnable reload) {
        Signal.handle(new Signal("HUP"), _ -> reload.run());
    }
}
