package dev.skyhedge.engine.simulate.workload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/// How many requests per second a GPU sustains, by their size: CSV with the columns
/// `gpu,…,input_tokens,output_tokens,max_requests_per_s`.
///
/// Sizes are upper bounds: a request belongs to the smallest that is not less, larger ones to the last. 0 means that the
/// GPU cannot serve that size.
public final class GpuProfile {
    private static final double MAX_TOKENS = 1e8;
    private static final double MAX_RATE = 1e6;

    /// What one GPU sustains for one size.
    private record Cell(int inputTokens, int outputTokens, double requestsPerSecond) {}

    private final Map<String, List<Cell>> cells;

    private GpuProfile(Map<String, List<Cell>> cells) {
        this.cells = cells;
    }

    /// Reads a file.
    ///
    /// @throws WorkloadFormatException if it holds no profile
    /// @throws IOException if it cannot be read
    public static GpuProfile read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
                var rows = new CsvRows(name, in)) {
            return read(rows);
        }
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
        cells.values()
                .forEach(list -> list.sort(Comparator.comparingInt(Cell::inputTokens)
                        .thenComparingInt(Cell::outputTokens)));
        return new GpuProfile(cells);
    }

    private static int column(CsvRows rows, String name) throws IOException {
        int column = rows.header().indexOf(name);
        if (column < 0) {
            throw rows.problem(
                    0, "there is no column " + name, "A profile has gpu,input_tokens,output_tokens,max_requests_per_s.");
        }
        return column;
    }

    /// The GPUs that it knows.
    public Set<String> gpus() {
        return new TreeSet<>(cells.keySet());
    }

    /// What the GPU sustains for requests of this size; empty if the profile does not know it.
    public Optional<Double> requestsPerSecond(String gpu, int inputTokens, int outputTokens) {
        List<Cell> known = cells.get(key(gpu));
        if (known == null) {
            return Optional.empty();
        }
        int input = bound(known.stream().mapToInt(Cell::inputTokens).distinct().sorted().toArray(), inputTokens);
        int output = bound(known.stream().mapToInt(Cell::outputTokens).distinct().sorted().toArray(), outputTokens);
        return known.stream()
                .filter(cell -> cell.inputTokens() == input && cell.outputTokens() == output)
                .map(Cell::requestsPerSecond)
                .findFirst();
    }

    private static int bound(int[] ascending, int tokens) {
        for (int bound : ascending) {
            if (tokens <= bound) {
                return bound;
            }
        }
        return ascending[ascending.length - 1];
    }

    /// `A100-80G` and `A100-80GB` are one.
    private static String key(String gpu) {
        String name = gpu.toUpperCase(Locale.ROOT);
        return name.endsWith("GB") ? name.substring(0, name.length() - 1) : name;
    }
}
