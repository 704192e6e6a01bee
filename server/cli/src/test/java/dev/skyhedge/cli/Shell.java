package dev.skyhedge.cli;

import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.terminal.TerminalWidth;
import dev.skyhedge.watch.installation.Plugins;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Types command lines in a directory of its own, with a state of its own.
final class Shell {
    private static final int WIDTH = 100;

    private final Path directory;
    private final Plugins plugins;
    private final Map<String, String> environment = new TreeMap<>();

    /// What a command did.
    ///
    /// @param code exit code
    /// @param out standard output
    /// @param err standard error
    record Result(int code, String out, String err) {
        String both() {
            return out + err;
        }
    }

    Shell(Path directory, Plugins plugins) {
        this.directory = directory;
        this.plugins = plugins;
        environment.put("SKYHEDGE_STATE", state().toString());
    }

    Path state() {
        return directory.resolve("state");
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    Path write(String name, String text) {
        try {
            return Files.writeString(file(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// Runs a command with nobody there to answer.
    Result run(String... arguments) {
        return run(false, "", arguments);
    }

    /// Runs a command on a terminal on which these lines are typed.
    Result answering(String typed, String... arguments) {
        return run(true, typed, arguments);
    }

    /// Runs a command on a terminal at which somebody does something else before each line is typed.
    Result thinking(Supplier<String> typed, String... arguments) {
        var reader = new BufferedReader(Reader.nullReader()) {
            @Override
            public String readLine() {
                return typed.get();
            }
        };
        return run(true, reader, arguments);
    }

    /// Runs a command that gets these lines from a pipe.
    Result piping(String lines, String... arguments) {
        return run(false, lines, arguments);
    }

    private Result run(boolean interactive, String typed, String... arguments) {
        return run(interactive, new BufferedReader(new StringReader(typed)), arguments);
    }

    private Result run(boolean interactive, BufferedReader typed, String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var terminal = new Terminal(
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                typed,
                interactive,
                interactive && environment.getOrDefault("NO_COLOR", "").isEmpty(),
                interactive ? WIDTH : TerminalWidth.UNLIMITED);
        var context = context(terminal);
        int code = SkyhedgeCommand.execute(context, inDirectory(arguments));
        return new Result(code, relative(out.toString()), relative(err.toString()));
    }

    /// What commands run in when nobody is there.
    Context context() {
        return context(new Terminal(
                new PrintWriter(new StringWriter()),
                new PrintWriter(new StringWriter()),
                new BufferedReader(new StringReader("")),
                false,
                false,
                TerminalWidth.UNLIMITED));
    }

    private Context context(Terminal terminal) {
        return new Context(terminal, environment, InstantSource.system(), directory, plugins);
    }

    /// Files that are here are meant by their bare names.
    private String[] inDirectory(String... arguments) {
        List<String> all = new ArrayList<>();
        for (String argument : arguments) {
            boolean here = !argument.startsWith("-") && (argument.endsWith(".hcl") || argument.endsWith(".plan"));
            all.add(here ? file(argument).toString() : argument);
        }
        return all.toArray(String[]::new);
    }

    private String relative(String text) {
        return text.replace(directory + "/", "").replace(directory.toString(), ".");
    }
}
