package dev.skyhedge.engine.simulate.workload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// How many requests per second a GPU sustains, by their size: CSV with the columns
/// `gpu,…,input_tokens,output_tokens,max_requests_per_s`.
///
/// Sizes are upper bounds: a request belongs to the smallest that is not less, larger ones to the last. 0 means
/// that the GPU cannot serve that size.
public final class GpuProfile {
    private static final double MAX_TOKENS = 1e8;
    private static final double MAX_RATE = 1e6;

    /// One GPU: what it sustains by bounds of both sizes, ascending. What is missing is 0.
    private record Table(int[] inputBounds, int[] outputBounds, double[][] requestsPerSecond) {
        static Table of(List<Cell> cells) {
            int[] inputs = cells.stream()
                    .mapToInt(Cell::inputTokens)
                    .distinct()
                    .sorted()
                    .toArray();
            int[] outputs = cells.stream()
                    .mapToInt(Cell::outputTokens)
                    .distinct()
                    .sorted()
                    .toArray();
            double[][] rates = new double[inputs.length][outputs.length];
            for (Cell cell : cells) {
                rates[index(inputs, cell.inputTokens())][index(outputs, cell.outputTokens())] =
                        cell.requestsPerSecond();
            }
            return new Table(inputs, outputs, rates);
        }

        double at(int inputTokens, int outputTokens) {
            return requestsPerSecond[index(inputBounds, inputTokens)][index(outputBounds, outputTokens)];
        }

        private static int index(int[] bounds, int tokens) {
            int found = Arrays.binarySearch(bounds, tokens);
            return Math.min(found >= 0 ? found : -found - 1, bounds.length - 1);
        }
    }

    private record Cell(int inputTokens, int outputTokens, double requestsPerSecond) {}

    private final Map<String, Table> tables;

    private GpuProfile(Map<String, Table> tables) {
        this.tables = tables;
    }

    /// Reads a file.
    ///
    /// @throws WorkloadFormatException if it holds no profile
    /// @throws IOException if it cannot be read
    public static GpuProfile read(Path file) throws IOException {
        return TableFile.read(file, GpuProfile::read);
    }

    static GpuProfile read(CsvRows rows) throws IOException {
        int gpu = column(rows, "gpu");
        int input = column(rows, "input_tokens");
        int output = column(rows, "output_tokens");
        int rate = column(rows, "max_requests_per_s");
        Map<String, List<Cell>> cells = new LinkedHashMap<>();
        int count = 0;
        while (rows.next()) {
            cells.computeIfAbsent(key(rows.text(gpu)), _ -> new ArrayList<>())
                    .add(new Cell(
                            (int) rows.number(input, 0, MAX_TOKENS),
                            (int) rows.number(output, 0, MAX_TOKENS),
                            rows.number(rate, 0, MAX_RATE)));
            count++;
        }
        rows.requireSome(count);
        Map<String, Table> tables = new TreeMap<>();
        cells.forEach((name, list) -> tables.put(name, Table.of(list)));
        return new GpuProfile(tables);
    }

    private static int column(CsvRows rows, String name) throws IOException {
        int column = rows.header().indexOf(name);
        if (column < 0) {
            throw rows.problem(
                    0,
                    "there is no column " + name,
                    "A profile has gpu,input_tokens,output_tokens,max_requests_per_s.");
        }
        return column;
    }

    /// The GPUs that it knows.
    public Set<String> gpus() {
        return new TreeSet<>(tables.keySet());
    }

    /// What the GPU sustains for requests of this size; empty if the profile does not know it.
    public Optional<Double> requestsPerSecond(String gpu, int inputTokens, int outputTokens) {
        return Optional.ofNullable(tables.get(key(gpu))).map(table -> table.at(inputTokens, outputTokens));
    }

    /// `A100-80G` and `A100-80GB` are one.
    private static String key(String gpu) {
        String name = gpu.toUpperCase(Locale.ROOT);
        return name.endsWith("GB") ? name.substring(0, name.length() - 1) : name;
    }
}
