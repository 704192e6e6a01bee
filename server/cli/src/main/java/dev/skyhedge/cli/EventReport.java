package dev.skyhedge.cli;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.EventComparisonText;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.EventComparisonJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Writes what the event protocol showed.
final class EventReport {
    private EventReport() {}

    /// All numbers as a JSON text.
    static String numbers(EventComparison comparison) {
        var text = new StringWriter();
        try {
            EventComparisonJson.write(comparison, text);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text.toString();
    }

    /// @param json a file for the numbers; `-` was written already
    /// @param report a directory for numbers and tables
    static void write(EventComparison comparison, Optional<Path> json, Optional<Path> report) {
        json.filter(file -> !file.toString().equals("-")).ifPresent(file -> writeNumbers(comparison, file));
        report.ifPresent(directory -> {
            try {
                Files.createDirectories(directory);
                Files.writeString(
                        directory.resolve("report.md"),
                        "# Simulation of " + comparison.request().service().name() + "\n\n```\n"
                                + EventComparisonText.render(comparison, Display.PLAIN) + "```\n");
            } catch (IOException e) {
                throw notWritten(directory, e);
            }
            writeNumbers(comparison, directory.resolve("report.json"));
        });
    }

    private static void writeNumbers(EventComparison comparison, Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            EventComparisonJson.write(comparison, out);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private static CommandFailure notWritten(Path file, IOException e) {
        return new CommandFailure("The result cannot be written", file + ": " + e);
    }
}
