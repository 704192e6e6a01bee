package dev.skyhedge.cli.view.spend;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Json;
import java.util.List;

/// `spend -json`. Keys stay; `format_version` rises if one must go.
public final class SpendJson {
    private static final String FORMAT_VERSION = "1.0";
    private static final double MILLIS = 1_000;

    private SpendJson() {}

    /// The sums; ends with a newline.
    public static String render(Charges charges, List<SpendBy> by) {
        return Json.pretty(tree(charges, by));
    }

    /// The same as a tree.
    public static ObjectNode tree(Charges charges, List<SpendBy> by) {
        ObjectNode node = Json.object()
                .put("format_version", FORMAT_VERSION)
                .put("from", charges.from().toString())
                .put("until", charges.until().toString())
                .put("spent_usd", Dollars.usd(charges.microDollars()))
                .put("all_on_demand_usd", Dollars.usd(charges.allOnDemandMicroDollars()));
        ArrayNode sums = node.putArray("sums");
        for (SpendSums.Sum sum : SpendSums.of(charges, by)) {
            ObjectNode one = sums.addObject();
            for (int i = 0; i < by.size(); i++) {
                one.put(by.get(i).word(), sum.names().get(i));
            }
            one.put("machine_seconds", sum.time().toMillis() / MILLIS)
                    .put("spent_usd", Dollars.usd(sum.microDollars()));
        }
        return node;
    }
}
