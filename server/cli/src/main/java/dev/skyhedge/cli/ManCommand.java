package dev.skyhedge.cli;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// `skyhedge man`.
final class ManCommand extends Command {
    List<String> words = new ArrayList<>();
    Optional<Path> out = Optional.empty();

    ManCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Prints the manual page of a command, or writes all of them.");
        declared.examples("  skyhedge man watch | man -l -", "  skyhedge man -out=/usr/local/share/man/man1");
        declared.arguments("COMMAND", OptionValues.text())
                .help("Such as watch or state show; skyhedge itself if left out.")
                .all(values -> words = values);
        declared.option("--out", "DIR", OptionValues.path())
                .help("Writes the pages of all commands there.")
                .into(value -> out = Optional.of(value));
    }

    @Override
    protected int run() {
        CommandLine root = SkyhedgeCommand.commandLine(context());
        if (out.isPresent()) {
            int count = write(root, out.get());
            say("Wrote " + count + " pages to " + out.get() + ".");
        } else {
            say(ManPage.of(find(root)));
        }
        return ExitCode.OK;
    }

    private CommandLine find(CommandLine root) {
        CommandLine found = root;
        for (String word : words) {
            @Nullable CommandLine next = found.getSubcommands().get(word);
            if (next == null) {
                throw new CommandFailure(
                        "There is no command \"" + String.join(" ", words) + "\"", "skyhedge --help lists them.");
            }
            found = next;
        }
        return found;
    }

    private static int write(CommandLine line, Path directory) {
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve(ManPage.name(line) + ".1"), ManPage.of(line));
        } catch (IOException e) {
            throw new CommandFailure("The pages cannot be written", directory + ": " + e.getMessage() + ".");
        }
        return 1
                + line.getSubcommands().values().stream()
                        .mapToInt(one -> write(one, directory))
                        .sum();
    }
}
