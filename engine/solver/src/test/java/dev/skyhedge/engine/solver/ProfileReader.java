package dev.skyhedge.engine.solver;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.skyhedge.engine.accelerators.Bucket;
import dev.skyhedge.engine.accelerators.Profile;
import dev.skyhedge.engine.accelerators.Ticks;
import dev.skyhedge.spi.Accelerator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Reads profiles, `gpu,usd_per_hour,input_tokens,output_tokens,max_requests_per_s`, and lengths
/// of requests, with columns `input_tokens` and `output_tokens`, packed if the name ends in
/// `.gz`.
public final class ProfileReader {
    private ProfileReader() {}

    /// @param usdPerHour the list price of each accelerator
    public record PricedProfile(Profile profile, SortedMap<Accelerator, Double> usdPerHour) {}

    public static PricedProfile profile(Path file) throws IOException {
        SortedMap<Accelerator, SortedMap<Bucket, Double>> rates = new TreeMap<>();
        SortedMap<Accelerator, Double> prices = new TreeMap<>();
        for (Map<String, String> row : rows(file)) {
            Accelerator accelerator = Accelerator.parse(cell(row, "gpu"));
            prices.put(accelerator, Double.valueOf(cell(row, "usd_per_hour")));
            rates.computeIfAbsent(accelerator, _ -> new TreeMap<>())
                    .put(
                            new Bucket(
                                    Integer.parseInt(cell(row, "input_tokens")),
                                    Integer.parseInt(cell(row, "output_tokens"))),
                            Double.valueOf(cell(row, "max_requests_per_s")));
        }
        return new PricedProfile(new Profile(rates), prices);
    }

    /// How many requests of a file are of each bucket.
    public static SortedMap<Bucket, Integer> lengths(Path file, Ticks ticks) throws IOException {
        SortedMap<Bucket, Integer> counts = new TreeMap<>();
        for (Map<String, String> row : rows(file)) {
            counts.merge(
                    ticks.bucket(
                            Integer.parseInt(cell(row, "input_tokens")), Integer.parseInt(cell(row, "output_tokens"))),
                    1,
                    Integer::sum);
        }
        return counts;
    }

    public static List<Map<String, String>> rows(Path file) throws IOException {
        List<Map<String, String>> rows = new ArrayList<>();
        try (InputStream bytes = Files.newInputStream(file);
                InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
                MappingIterator<Map<String, String>> read = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(text)) {
            while (read.hasNextValue()) {
                rows.add(read.nextValue());
            }
        }
        return rows;
    }

    public static String cell(Map<String, String> row, String column) throws IOException {
        String cell = row.get(column);
        if (cell == null) {
            throw new IOException("A row without " + column + ": " + row);
        }
        return cell;
    }
}
