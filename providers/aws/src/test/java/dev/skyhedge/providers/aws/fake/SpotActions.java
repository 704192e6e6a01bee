package dev.skyhedge.providers.aws.fake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Spot prices and spot requests.
final class SpotActions {
    private record PriceRow(String zone, String type, Market.Price price) {}

    private static final Set<String> REQUEST_FILTERS =
            Set.of("instance-id", "launched-availability-zone", "spot-instance-request-id", "state", "status-code");
    private static final Set<String> PRICE_FILTERS =
            Set.of("availability-zone", "instance-type", "product-description", "spot-price");
    private static final String LINUX = "Linux/UNIX";

    private SpotActions() {}

    static Consumer<Xml> prices(Call call) {
        Form form = call.form();
        Filters wanted = Filters.read(form, PRICE_FILTERS);
        List<String> types = form.texts("InstanceType");
        List<String> products = form.texts("ProductDescription");
        var zone = form.text("AvailabilityZone");
        Instant to = form.time("EndTime").orElse(call.now());
        Instant from = form.time("StartTime").orElse(Instant.EPOCH);
        Paging paging = Paging.read(form);
        call.begin();
        List<PriceRow> rows = new ArrayList<>();
        for (String where : call.world().zones(call.region().name)) {
            for (World.Type type : call.world().types()) {
                boolean asked = (types.isEmpty() || types.contains(type.name()))
                        && (zone.isEmpty() || zone.get().equals(where))
                        && (products.isEmpty() || products.contains(LINUX));
                if (asked && call.world().offers(where, type.name())) {
                    call.market()
                            .history(where, type.name(), from, to)
                            .forEach(price -> rows.add(new PriceRow(where, type.name(), price)));
                }
            }
        }
        List<PriceRow> found = rows.stream()
                .filter(row -> wanted.match(
                        Map.of(
                                "availability-zone",
                                row.zone,
                                "instance-type",
                                row.type,
                                "product-description",
                                LINUX,
                                "spot-price",
                                row.price.usd().toPlainString()),
                        Map.of()))
                .sorted(Comparator.comparing((PriceRow row) -> row.price.at()).reversed())
                .toList();
        return xml -> xml.list(
                        "spotPriceHistorySet",
                        paging.page(found),
                        (item, row) -> item.text("instanceType", row.type)
                                .text("productDescription", LINUX)
                                .text("spotPrice", row.price.usd().setScale(6).toPlainString())
                                .text("timestamp", row.price.at())
                                .text("availabilityZone", row.zone))
                .text("nextToken", paging.next(found).orElse(""));
    }

    static Consumer<Xml> requests(Call call) {
        Filters wanted = Filters.read(call.form(), REQUEST_FILTERS);
        List<String> ids = call.form().texts("SpotInstanceRequestId");
        Paging paging = Paging.read(call.form());
        call.begin();
        ids.forEach(id -> require(call, id));
        List<Machine> found = call.region().machines().stream()
                .filter(Machine::isSpot)
                .filter(machine -> machine.isVisible(call.now()))
                .filter(machine -> ids.isEmpty() || ids.contains(machine.spotRequest.orElseThrow()))
                .filter(machine -> wanted.match(
                        fields(call, machine), call.region().requestTags(machine.spotRequest.orElseThrow())))
                .toList();
        return xml -> xml.list(
                        "spotInstanceRequestSet", paging.page(found), (item, machine) -> request(call, item, machine))
                .text("nextToken", paging.next(found));
    }

    private static Machine require(Call call, String id) {
        return call.region()
                .byRequest(id)
                .orElseThrow(() -> Ec2Error.badRequest(
                        "InvalidSpotInstanceRequestID.NotFound",
                        "The spot instance request ID '" + id + "' does not exist"));
    }

    private static Map<String, String> fields(Call call, Machine machine) {
        Map<String, String> fields = new TreeMap<>();
        fields.put("instance-id", machine.id);
        fields.put("launched-availability-zone", machine.order.zone());
        fields.put("spot-instance-request-id", machine.spotRequest.orElseThrow());
        fields.put("state", call.region().requestState(machine));
        fields.put("status-code", call.region().requestStatus(machine));
        return fields;
    }

    private static void request(Call call, Xml xml, Machine machine) {
        String id = machine.spotRequest.orElseThrow();
        xml.text("spotInstanceRequestId", id)
                .text("type", "one-time")
                .text("state", call.region().requestState(machine))
                .element(
                        "status",
                        status -> status.text("code", call.region().requestStatus(machine))
                                .text("updateTime", machine.noticedAt)
                                .text("message", ""))
                .element(
                        "launchSpecification",
                        launch -> launch.text("imageId", machine.order.image())
                                .text("instanceType", machine.order.type().name()))
                .text("instanceId", machine.id)
                .text("createTime", machine.launchedAt)
                .text("productDescription", LINUX);
        Map<String, String> tags = call.region().requestTags(id);
        if (!tags.isEmpty()) {
            xml.tags(tags);
        }
        xml.text("launchedAvailabilityZone", machine.order.zone()).text("instanceInterruptionBehavior", "terminate");
    }

    static Consumer<Xml> cancel(Call call) {
        List<String> ids = call.form().texts("SpotInstanceRequestId");
        call.begin();
        List<Machine> machines = ids.stream().map(id -> require(call, id)).toList();
        ids.forEach(call.region()::cancel);
        return xml -> xml.list(
                "spotInstanceRequestSet",
                machines,
                (item, machine) -> item.text("spotInstanceRequestId", machine.spotRequest.orElseThrow())
                        .text("state", call.region().requestState(machine)));
    }
}
