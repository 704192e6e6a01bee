package dev.skyhedge.engine.simulate.sweep;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;

/// Reads learning curves from files: `NAME.csv` with a row `config,step,seconds,metric` for each evaluation, the metric
/// empty where it diverged, beside `NAME_configs.jsonl`, whose first line says in `mode` whether `max` or `min` is
/// best.
/// One iteration is what is between two evaluations.
public final class CurveReader {
    private static final String CONFIGURATIONS = "_configs.jsonl";
    private static final ObjectMapper JSON = new ObjectMapper();

    private CurveReader() {}

    /// All curve sets of a directory, by name.
    ///
    /// @throws IOException if a file cannot be read, or is not as it should be
    public static List<CurveSet> readAll(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(directory)) {
            files = found.filter(file -> file.toString().endsWith(CONFIGURATIONS))
                    .sorted()
                    .toList();
        }
        List<CurveSet> sets = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString();
            sets.add(read(directory, name.substring(0, name.length() - CONFIGURATIONS.length())));
        }
        return sets;
    }

    private static CurveSet read(Path directory, String name) throws IOException {
        boolean maximized;
        try (BufferedReader lines = Files.newBufferedReader(directory.resolve(name + CONFIGURATIONS))) {
            String first = lines.readLine();
            if (first == null) {
                throw new IOException(name + CONFIGURATIONS + " is empty");
            }
            maximized = !JSON.readTree(first).path("mode").asText().equals("min");
        }
        SequencedMap<String, List<Map<String, String>>> rows = new LinkedHashMap<>();
        try (BufferedReader text = Files.newBufferedReader(directory.resolve(name + ".csv"), StandardCharsets.UTF_8);
                MappingIterator<Map<String, String>> read = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(text)) {
            while (read.hasNextValue()) {
                Map<String, String> row = read.nextValue();
                rows.computeIfAbsent(cell(row, "config", name), _ -> new ArrayList<>())
                        .add(row);
            }
        }
        List<LearningCurve> curves = new ArrayList<>();
        for (Map.Entry<String, List<Map<String, String>>> curve : rows.entrySet()) {
            curves.add(curve(name, curve.getKey(), curve.getValue(), maximized));
        }
        return new CurveSet(name, maximized, curves);
    }

    private static LearningCurve curve(
            String name, String configuration, List<Map<String, String>> rows, boolean maximized) throws IOException {
        List<Double> values = new ArrayList<>();
        for (Map<String, String> row : rows) {
            String metric = cell(row, "metric", name);
            double value = metric.isEmpty() ? Double.NaN : number(metric, name);
            values.add(maximized ? value : -value);
        }
        return new LearningCurve(
                configuration, number(cell(rows.getLast(), "seconds", name), name) / rows.size(), values);
    }

    private static String cell(Map<String, String> row, String column, String name) throws IOException {
        String cell = row.get(column);
        if (cell == null) {
            throw new IOException(name + ".csv has a row without " + column + ": " + row);
        }
        return cell;
    }

    private static double number(String text, String name) throws IOException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IOException(name + ".csv has \"" + text + "\" where a number is expected", e);
        }
    }
}
