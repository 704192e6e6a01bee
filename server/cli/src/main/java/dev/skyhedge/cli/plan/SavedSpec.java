package dev.skyhedge.cli.plan;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.planfile.PlanFile;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/// The spec that lies in a plan file, read as it was when the plan was made.
final class SavedSpec {
    private SavedSpec() {}

    /// Reads it. Files that functions read are not in the plan, but must be what they were then.
    ///
    /// @throws CommandFailure if it cannot be read, for want of values of its variables for example
    static LoadedSpec load(PlanFile saved, SpecArguments arguments, Map<String, String> environment) {
        try {
            Path directory = Files.createTempDirectory("skyhedge-plan-");
            try {
                unpack(saved, directory);
                SpecRequest request = new SpecRequest(directory, arguments.variables(), environment, Limits.DEFAULT);
                LoadedSpec loaded = SpecLoader.load(request.at(saved.createdAt())
                        .withRoot(Path.of(saved.files().directory())));
                if (loaded.hasErrors()) {
                    throw new CommandFailure(loaded.diagnostics());
                }
                saved.files().difference(loaded.files()).ifPresent(SavedSpec::refuse);
                return loaded;
            } finally {
                delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The plan's spec cannot be unpacked", e);
        }
    }

    private static void refuse(String file) {
        throw new CommandFailure(
                "A file has changed since the plan",
                "The spec reads \"" + file + "\", and it is not what it was when the plan was made. Plan again.");
    }

    /// Files of the spec's directory and those below; others hold values of variables, which are given again.
    private static void unpack(PlanFile saved, Path directory) throws IOException {
        for (Map.Entry<String, String> source : saved.sources().entrySet()) {
            Path file = directory.resolve(source.getKey()).normalize();
            if (file.startsWith(directory) && !file.equals(directory)) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, source.getValue());
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
