package dev.skyhedge.cli.spec;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.FileReason;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.format.Formatting;
import dev.skyhedge.specs.format.SpecFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// `skyhedge fmt`.
public final class FmtCommand extends Command {
    private static final int UNREADABLE = 2;
    private static final int NOT_FORMATTED = 3;
    private static final String STANDARD_INPUT = "-";

    String path = ".";
    boolean check;
    boolean diff;
    boolean recursive;

    private int code = ExitCode.OK;

    public FmtCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Puts the files of a spec into their canonical layout, and names those that it changed.",
                "Exit code 0; with -check 3 if a file is not in it; 2 if a file cannot be read, which is left as it is.");
        declared.argument(0, "PATH", OptionValues.text())
                .byDefault(".")
                .help("A file, a directory, or - for standard input; the current directory if left out.")
                .into(value -> path = value);
        declared.flag("--check", "Changes nothing, only tells.", on -> check = on);
        declared.flag("--diff", "Shows what changes.", on -> diff = on);
        declared.flag("--recursive", "Directories below, too.", on -> recursive = on);
    }

    @Override
    protected int run() {
        try {
            if (path.equals(STANDARD_INPUT)) {
                return standardInput();
            }
            for (Path file : files()) {
                formatOrComplain(file);
            }
            return code;
        } catch (IOException e) {
            throw new CommandFailure("Standard input cannot be read", FileReason.of(e) + ".");
        }
    }

    private int standardInput() throws IOException {
        String text = new String(System.in.readAllBytes(), StandardCharsets.UTF_8);
        switch (SpecFormat.format(Source.of("<standard input>", text))) {
            case Formatting.Formatted(String formatted) -> {
                if (check) {
                    return formatted.equals(text) ? ExitCode.OK : NOT_FORMATTED;
                }
                terminal().print(formatted);
                return ExitCode.OK;
            }
            case Formatting.Refused(var diagnostics) -> {
                complain(diagnostics);
                return UNREADABLE;
            }
        }
    }

    private void formatOrComplain(Path file) {
        try {
            format(file);
        } catch (IOException e) {
            complain(List.of(
                    Diagnostic.error("A file cannot be read or written", file + ": " + FileReason.of(e) + ".")));
            code = UNREADABLE;
        }
    }

    private void format(Path file) throws IOException {
        String text = Files.readString(file);
        switch (SpecFormat.format(Source.of(file.toString(), text))) {
            case Formatting.Formatted(String formatted) -> {
                if (!formatted.equals(text)) {
                    changed(file, text, formatted);
                }
            }
            case Formatting.Refused(var diagnostics) -> {
                complain(diagnostics);
                code = UNREADABLE;
            }
        }
    }

    private void changed(Path file, String before, String after) throws IOException {
        say(file.toString());
        if (diff) {
            terminal().print(LineDiff.unified(file.toString(), before, after));
        }
        if (!check) {
            Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), ".fmt-", ".tmp");
            Files.writeString(draft, after);
            Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } else if (code == ExitCode.OK) {
            code = NOT_FORMATTED;
        }
    }

    private List<Path> files() throws IOException {
        Path root = OptionValues.path(path);
        if (!Files.exists(root)) {
            throw new CommandFailure("No spec found", "There is no file or directory " + path + ".");
        }
        if (!Files.isDirectory(root)) {
            return List.of(root);
        }
        try (Stream<Path> all = Files.walk(root, recursive ? Integer.MAX_VALUE : 1)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().endsWith(".hcl")
                            || file.toString().endsWith(".hclvars")
                            || file.toString().endsWith(".vars"))
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
