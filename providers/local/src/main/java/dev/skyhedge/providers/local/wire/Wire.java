package dev.skyhedge.providers.local.wire;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Unreachable;
import dev.skyhedge.spi.Workload;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/// The contract's values as JSON. `write` and the method named after the type are inverse.
public final class Wire {
    private Wire() {}

    /// An object with these fields in this order.
    public static SequencedMap<String, Object> object(Object... namesAndValues) {
        SequencedMap<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return object;
    }

    static <T> List<SequencedMap<String, Object>> all(
            List<T> values, Function<T, SequencedMap<String, Object>> writer) {
        return values.stream().map(writer).toList();
    }

    public static SequencedMap<String, Object> write(Offer offer) {
        return object(
                "instance_type", offer.instanceType(),
                "accelerator", offer.accelerator().toString(),
                "location", offer.location().toString(),
                "market", offer.market().word(),
                "micro_dollars_per_hour", offer.price().microDollars());
    }

    public static Offer offer(Fields from) {
        return new Offer(
                from.text("instance_type"),
                Accelerator.parse(from.text("accelerator")),
                Location.parse(from.text("location")),
                Market.parse(from.text("market")),
                new HourlyPrice(from.number("micro_dollars_per_hour")));
    }

    public static SequencedMap<String, Object> write(InstanceTags tags) {
        return object(
                "lineage", tags.lineage(),
                "service", tags.service(),
                "replica", tags.replica(),
                "generation", tags.generation(),
                "token", tags.token().value());
    }

    public static InstanceTags tags(Fields from) {
        return new InstanceTags(
                from.text("lineage"),
                from.text("service"),
                from.text("replica"),
                from.smallNumber("generation"),
                new IdempotencyToken(from.text("token")));
    }

    public static SequencedMap<String, Object> write(Endpoint endpoint) {
        return object("host", endpoint.host(), "port", endpoint.port());
    }

    public static Endpoint endpoint(Fields from) {
        return new Endpoint(from.text("host"), from.smallNumber("port"));
    }

    public static SequencedMap<String, Object> write(Instance.End end) {
        return object(
                "at",
                end.at().toString(),
                "cause",
                end.cause().name().toLowerCase(Locale.ROOT),
                "detail",
                end.detail());
    }

    public static Instance.End end(Fields from) {
        return new Instance.End(
                Instant.parse(from.text("at")),
                EndCause.valueOf(from.text("cause").toUpperCase(Locale.ROOT)),
                from.text("detail"));
    }

    public static SequencedMap<String, Object> write(Instance instance) {
        SequencedMap<String, Object> object = object(
                "id", instance.id(),
                "state", instance.state().name().toLowerCase(Locale.ROOT),
                "launched_at", instance.launchedAt().toString(),
                "offer", write(instance.offer()),
                "tags", write(instance.tags()));
        instance.endpoint().ifPresent(endpoint -> object.put("endpoint", write(endpoint)));
        instance.end().ifPresent(end -> object.put("end", write(end)));
        return object;
    }

    public static Instance instance(Fields from) {
        return new Instance(
                from.text("id"),
                offer(from.object("offer")),
                tags(from.object("tags")),
                InstanceState.valueOf(from.text("state").toUpperCase(Locale.ROOT)),
                from.optionalObject("endpoint").map(Wire::endpoint),
                Instant.parse(from.text("launched_at")),
                from.optionalObject("end").map(Wire::end));
    }

    /// Holds secrets: for the loopback connection only, never for a file.
    public static SequencedMap<String, Object> write(LaunchRequest request) {
        Workload workload = request.workload();
        SequencedMap<String, Object> work =
                object("command", workload.command(), "port", workload.port(), "environment", workload.environment());
        workload.image().ifPresent(image -> work.put("image", image));
        SequencedMap<String, Object> launch =
                object("offer", write(request.offer()), "tags", write(request.tags()), "workload", work);
        request.diskGb().ifPresent(gb -> launch.put("disk_gb", gb));
        return launch;
    }

    public static LaunchRequest launchRequest(Fields from) {
        Fields work = from.object("workload");
        SequencedMap<String, String> environment = new LinkedHashMap<>();
        Fields variables = work.object("environment");
        variables.values().keySet().forEach(name -> environment.put(name, variables.text(name)));
        Workload workload =
                new Workload(work.optionalText("image"), work.texts("command"), work.smallNumber("port"), environment);
        var launch = new LaunchRequest(offer(from.object("offer")), tags(from.object("tags")), workload);
        return from.has("disk_gb") ? launch.onDisk(from.smallNumber("disk_gb")) : launch;
    }

    public static SequencedMap<String, Object> write(OfferList list) {
        return object(
                "offers", all(list.offers(), Wire::write),
                "read_at", list.readAt().toString(),
                "unreachable", all(list.unreachable(), Wire::write));
    }

    public static OfferList offerList(Fields from) {
        return new OfferList(
                from.objects("offers").stream().map(Wire::offer).toList(),
                Instant.parse(from.text("read_at")),
                from.objects("unreachable").stream().map(Wire::unreachable).toList());
    }

    public static SequencedMap<String, Object> write(Observation observation) {
        return object(
                "instances", all(observation.instances(), Wire::write),
                "unreachable", all(observation.unreachable(), Wire::write),
                "at", observation.at().toString());
    }

    public static Observation observation(Fields from) {
        return new Observation(
                from.objects("instances").stream().map(Wire::instance).toList(),
                from.objects("unreachable").stream().map(Wire::unreachable).toList(),
                Instant.parse(from.text("at")));
    }

    private static SequencedMap<String, Object> write(Unreachable gap) {
        return object("locations", gap.locations().toString(), "failure", FailureWire.write(gap.failure()));
    }

    private static Unreachable unreachable(Fields from) {
        return new Unreachable(
                LocationPattern.parse(from.text("locations")), FailureWire.failure(from.object("failure")));
    }

    /// Texts in a list, as [Fields#texts] reads them.
    public static List<String> words(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    static <T> void ifPresent(Map<String, Object> object, String name, Optional<T> value) {
        value.ifPresent(one -> object.put(name, one.toString()));
    }
}
