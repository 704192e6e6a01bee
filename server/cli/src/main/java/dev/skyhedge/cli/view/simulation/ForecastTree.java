package dev.skyhedge.cli.view.simulation;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.cli.view.Json;
import dev.skyhedge.engine.simulate.forecast.Forecast;
import dev.skyhedge.engine.simulate.forecast.Forecast.Basis;
import dev.skyhedge.engine.simulate.forecast.Forecast.Range;
import java.util.List;

/// What is to be expected of services, as JSON.
public final class ForecastTree {
    private ForecastTree() {}

    /// One entry for each service.
    public static ObjectNode of(List<Forecast> forecasts) {
        ObjectNode tree = Json.object();
        ArrayNode services = tree.putArray("services");
        for (Forecast forecast : forecasts) {
            ObjectNode service = services.addObject().put("service", forecast.service());
            switch (forecast) {
                case Forecast.Unknown unknown -> service.put("unknown_because", unknown.why());
                case Forecast.Expected expected -> put(service, expected);
            }
        }
        return tree;
    }

    private static void put(ObjectNode node, Forecast.Expected expected) {
        node.put("wanted", expected.wanted())
                .put("hours", expected.length().toHours())
                .put("simulated_days", expected.days());
        range(node, "usd", expected.usd());
        range(node, "full_availability", expected.full());
        range(node, "capacity", expected.capacity());
        range(node, "preemptions", expected.preemptions());
        range(node, "on_demand_share", expected.onDemandShare());
        expected.allOnDemandUsd().ifPresent(usd -> node.put("all_on_demand_usd", usd));
        Basis basis = expected.basis();
        ObjectNode rests = node.putObject("basis")
                .put("zones", basis.zones())
                .put("zones_left_out", basis.leftOut())
                .put("zones_seen", basis.zonesSeen())
                .put("held_seconds", basis.held().toSeconds())
                .put("losses", basis.losses());
        basis.coldStart().ifPresent(time -> rests.put("cold_start_seconds", time.toSeconds()));
    }

    private static void range(ObjectNode node, String name, Range range) {
        node.putObject(name).put("mean", range.mean()).put("p10", range.low()).put("p90", range.high());
    }
}
