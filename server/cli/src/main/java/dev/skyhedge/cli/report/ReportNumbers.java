package dev.skyhedge.cli.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The figures of each policy in each window as CSV, to be taken from the page.
final class ReportNumbers {
    private ReportNumbers() {}

    /// Cannot end the script element that it stands in.
    static String csv(Showing showing) {
        List<Showing.Column> columns = Stream.concat(
                        showing.replicaColumns().stream(), showing.requestColumns().stream())
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(line(
                Stream.concat(Stream.of("window", "policy"), columns.stream().map(Showing.Column::name))));
        for (int window = 0; window < showing.windows().size(); window++) {
            for (int policy = 0; policy < showing.policies().size(); policy++) {
                int row = policy;
                int place = window;
                lines.add(line(Stream.concat(
                        Stream.of(
                                showing.windows().get(window).name(),
                                showing.policies().get(policy).name()),
                        columns.stream()
                                .map(column ->
                                        column.values().get(row).get(place).toString()))));
            }
        }
        return String.join("\n", lines).replace("<", "") + "\n";
    }

    private static String line(Stream<String> cells) {
        return String.join(",", cells.map(ReportNumbers::cell).toList());
    }

    private static String cell(String text) {
        return text.contains(",") || text.contains("\"") ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
