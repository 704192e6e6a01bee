package dev.skyhedge.cli.view.providers;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.PriceCatalog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `catalog show`.
public final class CatalogView {
    private static final String FORMAT_VERSION = "1.0";

    private CatalogView() {}

    /// For people.
    public static String text(List<PriceCatalog> catalogs, Instant now, Display display) {
        if (catalogs.isEmpty()) {
            return "No installed provider has a price list.";
        }
        var text = new StringBuilder();
        for (PriceCatalog catalog : catalogs) {
            String heading = display.wrap(
                    catalog.provider() + ": " + catalog.source() + ", as of " + catalog.pricedAt() + " ("
                            + age(catalog.pricedAt(), now) + ")",
                    "");
            text.append(text.isEmpty() ? "" : "\n")
                    .append(display.paint(Ink.STRONG, catalog.provider()))
                    .append(heading.substring(catalog.provider().length()))
                    .append('\n');
            var table = new Table(display, "  ", "llrrlrrl");
            table.header("TYPE", "ACCELERATOR", "VCPUS", "GIB", "REGION", "ON DEMAND", "SPOT", "ZONES");
            for (PriceCatalog.Entry entry : catalog.entries()) {
                table.add(
                        entry.instanceType(),
                        entry.accelerator().toString(),
                        Integer.toString(entry.shape().vcpus()),
                        Long.toString(entry.shape().memoryMib() / 1024),
                        entry.region(),
                        price(entry.onDemand()),
                        price(entry.spot()),
                        entry.zones().isEmpty() ? "all" : String.join(" ", entry.zones()));
            }
            table.appendTo(text);
        }
        return text.toString();
    }

    /// For programs. Prices are decimal texts in USD per hour.
    public static String json(List<PriceCatalog> catalogs) {
        ObjectNode root = Json.object().put("format_version", FORMAT_VERSION);
        ArrayNode list = root.putArray("catalogs");
        for (PriceCatalog catalog : catalogs) {
            ArrayNode prices = list.addObject()
                    .put("provider", catalog.provider())
                    .put("priced_at", catalog.pricedAt().toString())
                    .put("source", catalog.source())
                    .putArray("prices");
            for (PriceCatalog.Entry entry : catalog.entries()) {
                ObjectNode node = prices.addObject()
                        .put("instance_type", entry.instanceType())
                        .put("accelerator", entry.accelerator().toString())
                        .put("vcpus", entry.shape().vcpus())
                        .put("memory_mib", entry.shape().memoryMib())
                        .put("region", entry.region());
                ArrayNode zones = node.putArray("zones");
                entry.zones().forEach(zones::add);
                node.put("on_demand", usd(entry.onDemand())).put("spot", usd(entry.spot()));
            }
        }
        return Json.pretty(root);
    }

    private static String price(Optional<HourlyPrice> price) {
        return price.map(HourlyPrice::toString).orElse("-");
    }

    private static @Nullable String usd(Optional<HourlyPrice> price) {
        return price.map(one -> one.usd().toPlainString()).orElse(null);
    }

    private static String age(Instant pricedAt, Instant now) {
        long days = Duration.between(pricedAt, now).toDays();
        return days < 1 ? "today's" : days == 1 ? "1 day old" : days + " days old";
    }
}
