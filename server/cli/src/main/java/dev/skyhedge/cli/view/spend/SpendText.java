package dev.skyhedge.cli.view.spend;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Table;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Spend as people read it.
public final class SpendText {
    private static final double PERCENT = 100;

    private SpendText() {}

    /// A table with its sum; ends with a newline.
    public static String render(Charges charges, List<SpendBy> by, Display display) {
        if (charges.rented().isEmpty()) {
            return "Nothing was spent.\n";
        }
        StringBuilder text = new StringBuilder();
        Table table = new Table(display, "", "l".repeat(by.size()) + "rrrl");
        List<String> header = new ArrayList<>(
                by.stream().map(one -> one.word().toUpperCase(Locale.ROOT)).toList());
        header.addAll(List.of("MACHINE TIME", "SPENT", "SHARE", ""));
        table.header(header.toArray(String[]::new));
        long all = charges.microDollars();
        for (SpendSums.Sum sum : SpendSums.of(charges, by)) {
            table.add(cells(
                    IntStream.range(0, by.size())
                            .mapToObj(i -> by.get(i).text(sum.names().get(i)))
                            .toList(),
                    Elapsed.text(sum.time()),
                    sum.microDollars(),
                    all));
        }
        List<String> total = new ArrayList<>(by.stream().map(_ -> "").toList());
        total.set(0, "total");
        table.add(Ink.STRONG, cells(total, Elapsed.text(charges.time()), all, all));
        table.appendTo(text);
        text.append('\n').append(display.wrap(remark(charges), "")).append('\n');
        return text.toString();
    }

    private static String[] cells(List<String> names, String time, long microDollars, long all) {
        List<String> cells = new ArrayList<>(names);
        cells.add(time);
        cells.add(Dollars.amount(microDollars));
        cells.add(all == 0 ? "" : String.format(Locale.ROOT, "%.1f %%", PERCENT * microDollars / all));
        cells.add("");
        return cells.toArray(String[]::new);
    }

    private static String remark(Charges charges) {
        String times = "From " + charges.from().truncatedTo(ChronoUnit.SECONDS) + " to "
                + charges.until().truncatedTo(ChronoUnit.SECONDS) + ", at the prices that the clouds said.";
        return charges.allOnDemandMicroDollars() == 0
                ? times
                : times + " The wanted replicas, all on-demand, would have cost "
                        + Dollars.amount(charges.allOnDemandMicroDollars()) + ".";
    }
}
