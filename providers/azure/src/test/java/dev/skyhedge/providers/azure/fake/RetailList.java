package dev.skyhedge.providers.azure.fake;

import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.cloud.fake.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The public price list: four meters for each size, of which two are for us, a page for each two sizes.
final class RetailList {
    private static final Pattern REGION = Pattern.compile("armRegionName eq '([a-z0-9]+)'");
    private static final Pattern SIZE = Pattern.compile("armSkuName eq '([A-Za-z0-9_]+)'");
    private static final int SIZES_ON_A_PAGE = 2;

    private RetailList() {}

    static Reply page(String filter, String skip, String self) {
        Matcher region = REGION.matcher(filter);
        if (!region.find() || !filter.contains("priceType eq 'Consumption'")) {
            throw new Refusal(400, "BadRequest", "Invalid OData parameters supplied: " + filter);
        }
        List<String> sizes =
                SIZE.matcher(filter).results().map(found -> found.group(1)).toList();
        int from = Integer.parseInt(skip);
        int to = Math.min(sizes.size(), from + SIZES_ON_A_PAGE);
        List<Object> items = new ArrayList<>();
        for (String size : sizes.subList(Math.min(from, to), to)) {
            items.add(meter(size, region.group(1), "", "", 1.25));
            items.add(meter(size, region.group(1), "", " Spot", 0.5));
            items.add(meter(size, region.group(1), "", " Low Priority", 0.1));
            items.add(meter(size, region.group(1), " Windows", "", 0.2));
        }
        String next = to < sizes.size()
                ? self + "?$skip=" + to + "&$filter="
                        + URLEncoder.encode(filter, StandardCharsets.UTF_8).replace("+", "%20")
                : "";
        return Replies.json(
                200,
                Json.object("BillingCurrency", "USD", "Items", items, "NextPageLink", next, "Count", items.size()));
    }

    private static Object meter(String size, String region, String product, String kind, double price) {
        return Json.object(
                "currencyCode",
                "USD",
                "retailPrice",
                price,
                "armRegionName",
                region,
                "productName",
                "Virtual Machines Series" + product,
                "skuName",
                size + kind,
                "armSkuName",
                size,
                "unitOfMeasure",
                "1 Hour",
                "type",
                "Consumption");
    }
}
