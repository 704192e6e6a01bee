package dev.skyhedge.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How many columns standard output has: what the terminal says, found when it is first asked for and again when the
/// terminal is resized. An exported `COLUMNS` is somebody's wish, and goes before. Thread-safe.
public final class TerminalWidth implements IntSupplier {
    /// Of pipes and files.
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /// Of a terminal that does not tell.
    private static final int USUAL = 80;

    private static final int LEAST = 40;
    private static final int MOST = 1000;
    private static final Duration LIMIT = Duration.ofMillis(500);
    private static final Pattern SIZE = Pattern.compile("\\s*([0-9]{1,5}) ([0-9]{1,5})\\s*");

    private final boolean interactive;
    private final OptionalInt wanted;
    private final Supplier<OptionalInt> terminal;
    private volatile int columns;
    /// Whether the terminal has ever told: one that does not may not know of SIGWINCH either.
    private volatile boolean tells;

    /// @param interactive whether it is known to be a terminal
    /// @param terminal asks how wide it is; empty if it is none or does not tell
    public TerminalWidth(boolean interactive, Map<String, String> environment, Supplier<OptionalInt> terminal) {
        this.interactive = interactive;
        this.wanted = number(environment.getOrDefault("COLUMNS", ""));
        this.terminal = terminal;
    }

    @Override
    public int getAsInt() {
        if (columns == 0) {
            look();
            if (tells) {
                ExitSignals.resized(this::look);
            }
        }
        return columns;
    }

    /// Looks again, on the thread of whoever noticed: nobody who prints waits for a terminal.
    public void look() {
        OptionalInt told = interactive && wanted.isPresent() ? wanted : terminal.get();
        tells |= wanted.isEmpty() && told.isPresent();
        if (told.isEmpty() && !interactive) {
            columns = UNLIMITED;
            return;
        }
        columns = Math.clamp(wanted.orElse(told.orElse(USUAL)), LEAST, MOST);
    }

    /// Asks the terminal that standard output is, by the one tool that all Unix systems have.
    public static OptionalInt ofStandardOutput() {
        try {
            Process stty = new ProcessBuilder("sh", "-c", "stty size <&1 >&2")
                    .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!stty.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                stty.destroyForcibly();
                return OptionalInt.empty();
            }
            Matcher size = SIZE.matcher(new String(stty.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
            return size.matches() ? number(size.group(2)) : OptionalInt.empty();
        } catch (IOException e) {
            return OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    /// A terminal that does not know its size says 0.
    private static OptionalInt number(String text) {
        return text.matches("[0-9]{1,5}") && Integer.parseInt(text) > 0
                ? OptionalInt.of(Integer.parseInt(text))
                : OptionalInt.empty();
    }
}
