package dev.skyhedge.engine.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The figures that are published of the placement are those that [PlacementTable] finds: on made-up markets in every
/// build, on recordings with `-Dplacement.recordings=DIRECTORY`. Those of the README are those of `docs/placement.md`.
class PublishedFiguresTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String MADE_UP = "`synthetic:";
    private static final int CELLS = 5;
    private static final Pattern LABEL = Pattern.compile("(?<market>.+), (?<windows>\\d+) windows");
    private static final Pattern SETTING =
            Pattern.compile(" (seed|target|cold start|on-demand price) ([0-9.]+)( s| min)?$");
    private static final Map<String, String> RECORDINGS = Map.of(
            "AWS 1", "aws1-v100-4node-2023-08-03",
            "AWS 3", "aws3-v100-1node-2023-02-15",
            "us-west-2, October", "aws-usw2-4types-2022-10-26",
            "us-west-2, November", "aws-usw2-4types-2022-11-28",
            "AWS CPU", "aws-cpu-1node-2023-04-19",
            "Google CPU", "gcp-cpu-1node-2023-04-30");

    /// A row of the table.
    private record Row(String label, List<String> cells) {
        String all() {
            return String.join(" | ", cells);
        }
    }

    @Test
    void thePageHasWhatMadeUpMarketsGive() throws IOException {
        List<Row> rows = rows(MADE_UP);

        assertThat(rows).hasSize(7);
        for (Row row : rows.subList(0, 3)) {
            assertThat(row.all()).as(row.label()).isEqualTo(PlacementTable.cells(asked(row.label(), Path.of(""))));
        }
    }

    @Test
    void thePageHasWhatAPriceOfOutagesGives() throws IOException {
        for (Row row : prices()) {
            assertThat(row.cells().getLast())
                    .as(row.label() + " dollars a minute")
                    .isEqualTo(PlacementTable.ours(priced("synthetic:clusters,seed=5", 5, row)));
        }
    }

    @Test
    void thePageHasWhatRecordingsGive() throws IOException {
        String directory = System.getProperty("placement.recordings", "");
        assumeTrue(!directory.isEmpty(), "Give -Dplacement.recordings=DIRECTORY");

        for (Row row : rows("")) {
            String found = PlacementTable.cells(asked(row.label(), Path.of(directory)));
            // Where the whole gap is nothing, its share says nothing.
            assertThat(found.replaceFirst("-\\d+ %$", "dearer")).as(row.label()).isEqualTo(row.all());
        }
        String first = Path.of(directory, RECORDINGS.get("AWS 1")).toString();
        for (Row row : prices()) {
            assertThat(row.cells().getFirst()).isEqualTo(PlacementTable.ours(priced(first, 10, row)));
        }
    }

    @Test
    void theReadmeHasTheFiguresOfThePage() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));

        for (String market : List.of("AWS 1", "AWS 3")) {
            Row row = rows(market + ", ").getFirst();
            assertThat(readme)
                    .contains(costAndFull(row.cells().get(0)) + ", "
                            + costAndFull(row.cells().get(1)));
            assertThat(readme)
                    .contains(market + " " + outage(row.cells().get(0)) + " % and "
                            + outage(row.cells().get(1)) + " %");
        }
    }

    private static String costAndFull(String cell) {
        String[] figures = cell.split(" / ");
        return rounded(figures[3], 1) + " % at " + figures[0] + " %";
    }

    private static String outage(String cell) {
        return rounded(cell.split(" / ")[2], 2);
    }

    private static String rounded(String figure, int decimals) {
        return new java.math.BigDecimal(figure)
                .setScale(decimals, java.math.RoundingMode.HALF_UP)
                .toPlainString();
    }

    private static PlacementTable.Asked priced(String market, int windows, Row row) {
        return PlacementTable.asked(
                market, windows, row.label().equals("not given") ? List.of() : List.of("outage=" + row.label()));
    }

    private static PlacementTable.Asked asked(String label, Path recordings) {
        Matcher parts = LABEL.matcher(label);
        assertThat(parts.matches()).as(label).isTrue();
        String market = parts.group("market");
        List<String> settings = new ArrayList<>();
        for (Matcher one = SETTING.matcher(market); one.find(); one = SETTING.matcher(market)) {
            settings.add(setting(one.group(1), one.group(2), one.group(3)));
            market = market.substring(0, one.start());
        }
        return PlacementTable.asked(
                market.startsWith(MADE_UP)
                        ? market.replace("`", "") + ",seed=5"
                        : recordings.resolve(RECORDINGS.get(market)).toString(),
                Integer.parseInt(parts.group("windows")),
                settings);
    }

    private static String setting(String name, String value, String unit) {
        return switch (name) {
            case "cold start" -> "cold=" + Integer.parseInt(value) * (" min".equals(unit) ? 60 : 1) / 30;
            case "on-demand price" -> "k=" + value;
            default -> name + "=" + value;
        };
    }

    /// Of the large table, those whose label begins so.
    private static List<Row> rows(String beginning) throws IOException {
        return table(CELLS)
                .filter(row ->
                        LABEL.matcher(row.label()).matches() && row.label().startsWith(beginning))
                .toList();
    }

    /// Of the table of prices of outages.
    private static List<Row> prices() throws IOException {
        List<Row> rows =
                table(3).filter(row -> row.label().matches("[0-9.]+|not given")).toList();
        assertThat(rows).hasSizeGreaterThan(3);
        return rows;
    }

    private static Stream<Row> table(int cells) throws IOException {
        return Files.readAllLines(ROOT.resolve("docs").resolve("placement.md")).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> Arrays.asList(line.substring(2, line.length() - 2).split(" \\| ")))
                .filter(row -> row.size() == cells)
                .map(row -> new Row(row.getFirst(), row.subList(1, row.size())));
    }
}
