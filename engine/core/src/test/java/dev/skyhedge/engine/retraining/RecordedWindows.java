package dev.skyhedge.engine.retraining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Recorded retrainings of cameras, `retraining_profiles.csv`, which are not ours to ship.
public final class RecordedWindows {
    static final List<String> TEN = List.of(
            "bochum",
            "bremen",
            "darmstadt",
            "erfurt",
            "frankfurt",
            "hanover",
            "lindau",
            "monchengladbach",
            "stuttgart",
            "zurich");
    static final List<String> SIX = List.of("bochum", "bremen", "darmstadt", "frankfurt", "stuttgart", "zurich");
    public static final List<Integer> WINDOWS = List.of(1, 2, 3);

    private final List<Map<String, String>> rows = new ArrayList<>();

    public RecordedWindows(Path directory) throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("retraining_profiles.csv"));
        List<String> header = List.of(lines.getFirst().split(",", -1));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < cells.length; i++) {
                row.put(header.get(i), cells[i]);
            }
            rows.add(row);
        }
    }

    /// With what was measured afterwards, as if it had been known.
    public Situation window(List<String> cameras, int window, double gpus) {
        List<RetrainedStream> streams = new ArrayList<>();
        for (String camera : cameras) {
            List<Map<String, String>> own = rows.stream()
                    .filter(row -> camera.equals(row.get("camera"))
                            && String.valueOf(window).equals(row.get("window")))
                    .toList();
            double start = own.stream()
                    .mapToDouble(row -> number(row, "start_acc"))
                    .min()
                    .orElseThrow();
            List<TrainingOption> options = own.stream()
                    .map(row -> new TrainingOption(
                            row.get("config") + "_" + row.get("epochs"), number(row, "gpu_s"), number(row, "acc")))
                    .toList();
            streams.add(new RetrainedStream(camera, start, options));
        }
        return new Situation(200, gpus, 0, Windows.FRAMES, streams, List.of());
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.getOrDefault(column, ""));
    }
}
