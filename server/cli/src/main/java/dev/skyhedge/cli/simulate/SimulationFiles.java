package dev.skyhedge.cli.simulate;

import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.report.ReportPage;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.simulation.EventComparisonText;
import dev.skyhedge.engine.simulate.Comparison;
import dev.skyhedge.engine.simulate.ComparisonJson;
import dev.skyhedge.engine.simulate.ComparisonMarkdown;
import dev.skyhedge.engine.simulate.event.EventComparison;
import dev.skyhedge.engine.simulate.event.EventComparisonJson;
import dev.skyhedge.engine.simulate.event.PaperLatencies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/// What a simulation leaves behind: its numbers, a page of Markdown and a page for a browser.
///
/// @param json writes all numbers
/// @param markdown makes the page of Markdown
/// @param page makes the page for a browser
record SimulationFiles(Numbers json, Supplier<String> markdown, Supplier<String> page) {
    private static final String STANDARD_OUTPUT = "-";

    @FunctionalInterface
    interface Numbers {
        void write(Writer out) throws IOException;
    }

    static SimulationFiles of(Comparison comparison, PaperLatencies latencies) {
        return new SimulationFiles(
                out -> ComparisonJson.write(comparison, latencies, out),
                () -> ComparisonMarkdown.text(comparison),
                () -> ReportPage.of(comparison, latencies));
    }

    static SimulationFiles of(EventComparison comparison) {
        return new SimulationFiles(
                out -> EventComparisonJson.write(comparison, out),
                () -> "# Simulation of " + comparison.request().service().name() + "\n\n```\n"
                        + EventComparisonText.render(comparison, Display.PLAIN) + "```\n",
                () -> ReportPage.of(comparison));
    }

    /// Whether the numbers are to be all of the output.
    static boolean isStandardOutput(Optional<Path> file) {
        return file.filter(path -> path.toString().equals(STANDARD_OUTPUT)).isPresent();
    }

    /// All numbers as a JSON text.
    String numbers() {
        var text = new StringWriter();
        try {
            json.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to a text cannot fail", e);
        }
        return text.toString();
    }

    /// Whether they can be written is better known before a long simulation than after it.
    ///
    /// @throws CommandFailure if the file is a directory, or the directory a file
    static void requireWritable(Optional<Path> file, Optional<Path> directory) {
        file.filter(Files::isDirectory).ifPresent(path -> {
            throw new CommandFailure(
                    "The result cannot be written", path + " is a directory. Give -json the name of a file, or -.");
        });
        directory.filter(path -> Files.exists(path) && !Files.isDirectory(path)).ifPresent(path -> {
            throw new CommandFailure(
                    "The result cannot be written", path + " is a file. Give -report the name of a directory.");
        });
    }

    /// @param file for the numbers; one that is standard output is left alone
    /// @param directory for everything
    /// @throws CommandFailure if one cannot be written
    void write(Optional<Path> file, Optional<Path> directory) {
        file.filter(_ -> !isStandardOutput(file)).ifPresent(this::writeNumbers);
        directory.ifPresent(into -> {
            try {
                Files.createDirectories(into);
                Files.writeString(into.resolve("report.md"), markdown.get());
                Files.writeString(into.resolve("report.html"), page.get());
            } catch (IOException e) {
                throw notWritten(into, e);
            }
            writeNumbers(into.resolve("report.json"));
        });
    }

    private void writeNumbers(Path file) {
        try (Writer out = Files.newBufferedWriter(file)) {
            json.write(out);
        } catch (IOException e) {
            throw notWritten(file, e);
        }
    }

    private static CommandFailure notWritten(Path file, IOException e) {
        return new CommandFailure("The result cannot be written", file + ": " + e);
    }
}
