package dev.skyhedge.providers.cloud.catalog;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.PriceCatalog;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The file format of a price list: UTF-8 text, three comment lines that say what it is, a line of column names,
/// then a line for each machine type and region, or for some zones of it. Prices are USD per hour. No quoting:
/// no value holds a comma.
///
/// ```
/// # skyhedge price catalogue 1: aws
/// # priced at: 2026-07-20T00:00:00Z
/// # source: public list prices
/// instance_type,accelerator,count,vcpus,memory_mib,region,zones,on_demand,spot
/// g6.xlarge,L4,1,4,16384,us-east-1,,0.8048,
/// g6.xlarge,L4,1,4,16384,us-west-2,us-west-2a us-west-2b,0.8048,0.3021
/// ```
public final class CatalogFile {
    /// Longest file that is read.
    static final int MAX_LINES = 200_000;

    private static final String TITLE = "# skyhedge price catalogue 1: ";
    private static final String PRICED_AT = "# priced at: ";
    private static final String SOURCE = "# source: ";
    private static final String COLUMNS =
            "instance_type,accelerator,count,vcpus,memory_mib,region,zones,on_demand,spot";
    private static final int COLUMN_COUNT = 9;

    private CatalogFile() {}

    /// Reads a file.
    ///
    /// @param name of the file, for messages
    /// @throws IOException with the place of the first mistake
    public static PriceCatalog read(String name, List<String> lines) throws IOException {
        if (lines.size() < 4 || lines.size() > MAX_LINES) {
            throw new IOException(name + ": a price catalogue has 4 to " + MAX_LINES + " lines, not " + lines.size());
        }
        String provider = after(name, lines, 0, TITLE);
        Instant pricedAt = instant(name, after(name, lines, 1, PRICED_AT));
        String source = after(name, lines, 2, SOURCE);
        if (!lines.get(3).equals(COLUMNS)) {
            throw new IOException(name + ":4: expected the columns " + COLUMNS);
        }
        List<PriceCatalog.Entry> entries = new ArrayList<>();
        // The same few names come again and again; one object each.
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 4; i < lines.size(); i++) {
            if (!lines.get(i).isBlank() && !lines.get(i).startsWith("#")) {
                entries.add(entry(name + ":" + (i + 1), lines.get(i), names));
            }
        }
        return new PriceCatalog(provider, pricedAt, source, entries);
    }

    /// The file's text.
    public static String write(PriceCatalog catalog) {
        var text = new StringBuilder();
        text.append(TITLE).append(plain(catalog.provider())).append('\n');
        text.append(PRICED_AT).append(catalog.pricedAt()).append('\n');
        text.append(SOURCE)
                .append(catalog.source().replaceAll("\\p{Cntrl}", " "))
                .append('\n');
        text.append(COLUMNS).append('\n');
        for (PriceCatalog.Entry entry : catalog.entries()) {
            text.append(String.join(
                            ",",
                            plain(entry.instanceType()),
                            entry.accelerator().type(),
                            Integer.toString(entry.accelerator().count()),
                            Integer.toString(entry.shape().vcpus()),
                            Long.toString(entry.shape().memoryMib()),
                            plain(entry.region()),
                            plain(String.join(" ", entry.zones())),
                            price(entry.onDemand()),
                            price(entry.spot())))
                    .append('\n');
        }
        return text.toString();
    }

    private static PriceCatalog.Entry entry(String place, String line, Map<String, String> names) throws IOException {
        String[] cells = line.split(",", -1);
        if (cells.length != COLUMN_COUNT) {
            throw new IOException(place + ": " + COLUMN_COUNT + " columns expected, " + cells.length + " found");
        }
        try {
            return new PriceCatalog.Entry(
                    names.computeIfAbsent(cells[0], same -> same),
                    new Accelerator(names.computeIfAbsent(cells[1], same -> same), Integer.parseInt(cells[2])),
                    new MachineShape(Integer.parseInt(cells[3]), Long.parseLong(cells[4])),
                    names.computeIfAbsent(cells[5], same -> same),
                    cells[6].isBlank() ? List.of() : List.of(cells[6].strip().split(" +")),
                    price(cells[7]),
                    price(cells[8]));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IOException(place + ": " + e.getMessage(), e);
        }
    }

    private static Optional<HourlyPrice> price(String cell) {
        return cell.isEmpty() ? Optional.empty() : Optional.of(HourlyPrice.ofUsd(new BigDecimal(cell)));
    }

    private static String price(Optional<HourlyPrice> price) {
        return price.map(given -> given.usd().toPlainString()).orElse("");
    }

    private static String plain(String cell) {
        if (cell.indexOf(',') >= 0 || cell.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException("A price catalogue cannot hold \"" + cell + "\"");
        }
        return cell;
    }

    private static String after(String name, List<String> lines, int index, String start) throws IOException {
        String line = lines.get(index);
        if (!line.startsWith(start) || line.length() == start.length()) {
            throw new IOException(name + ":" + (index + 1) + ": expected \"" + start + "…\"");
        }
        return line.substring(start.length());
    }

    private static Instant instant(String name, String text) throws IOException {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IOException(name + ":2: \"" + text + "\" is not a time such as 2026-07-20T00:00:00Z", e);
        }
    }
}
