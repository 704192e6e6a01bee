package dev.skyhedge.cli.terminal;

import dev.skyhedge.cli.view.Display;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/// Where the user is.
///
/// @param out for what was asked for
/// @param err for everything else
/// @param in for answers
/// @param interactive whether somebody is there to answer
/// @param colour whether colours are welcome
/// @param columns tells how wide it is now
public record Terminal(
        PrintWriter out, PrintWriter err, BufferedReader in, boolean interactive, boolean colour, IntSupplier columns) {
    public Terminal(
            PrintWriter out, PrintWriter err, BufferedReader in, boolean interactive, boolean colour, int width) {
        this(out, err, in, interactive, colour, () -> width);
    }

    /// The terminal of this process. Colours need a terminal and the absence of `NO_COLOR`.
    public static Terminal ofProcess(Map<String, String> environment) {
        boolean terminal = System.console() != null && System.console().isTerminal();
        String noColour = environment.getOrDefault("NO_COLOR", "");
        return new Terminal(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                terminal,
                terminal && noColour.isEmpty() && !"dumb".equals(environment.get("TERM")),
                new TerminalWidth(terminal, environment, TerminalWidth::ofStandardOutput));
    }

    /// The same in one colour.
    public Terminal withoutColour() {
        return new Terminal(out, err, in, interactive, false, columns);
    }

    /// In columns, as of now; [TerminalWidth#UNLIMITED] where there is no terminal.
    public int width() {
        return columns.getAsInt();
    }

    /// What text is rendered for.
    public Display display() {
        return new Display(width(), colour);
    }

    /// Shows a text as it is.
    public void print(String text) {
        out.print(text);
        out.flush();
    }

    /// Shows a line.
    public void println(String text) {
        out.println(text);
        out.flush();
    }

    /// Shows a line on standard error.
    public void complain(String text) {
        err.print(text.endsWith("\n") ? text : text + "\n");
        err.flush();
    }

    /// Asks, and waits for a line. Empty if nobody is there.
    public Optional<String> ask(String question) {
        if (!interactive) {
            return Optional.empty();
        }
        print(question);
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal is gone", e);
        }
    }

    /// Asks without showing what is typed, as far as the terminal can: what was typed before the question has
    /// been shown already. Empty if nobody is there.
    public Optional<String> askSecretly(String question) {
        Console console = System.console();
        if (!interactive || console == null || !console.isTerminal() || isTypedAlready()) {
            return ask(question);
        }
        print(question);
        char[] typed = console.readPassword();
        return typed == null ? Optional.empty() : Optional.of(new String(typed));
    }

    private boolean isTypedAlready() {
        try {
            return in.ready();
        } catch (IOException e) {
            throw new UncheckedIOException("The terminal is gone", e);
        }
    }
}
