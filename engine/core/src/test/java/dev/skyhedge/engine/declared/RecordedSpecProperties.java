package dev.skyhedge.engine.declared;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.ClientKey;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// What a state keeps of a service is all of it: whatever was declared is read back as it was.
class RecordedSpecProperties {
    private static final ServiceSpec OTHER = service(
            new ReplicaSpec(Optional.of("other"), List.of(), 1, new LinkedHashMap<>()),
            new ResourcesSpec(List.of(), List.of()),
            ReadinessSpec.DEFAULT,
            PlacementSpec.DEFAULT,
            ScalingSpec.DEFAULT,
            UpdateSpec.DEFAULT,
            Optional.empty());

    @Property(tries = 300)
    void everyServiceSurvivesWritingAndReading(@ForAll("services") ServiceSpec service) {
        assertThat(read(service, OTHER)).isEqualTo(service);
    }

    @Property(tries = 300)
    void whateverTheDeclarationSaysNow(
            @ForAll("services") ServiceSpec recorded, @ForAll("services") ServiceSpec declared) {
        assertThat(read(recorded, declared)).isEqualTo(recorded);
    }

    @Property(tries = 300)
    void whatIsWrittenAgainIsTheSameText(@ForAll("services") ServiceSpec service) {
        String text = SpecJson.of(service);

        assertThat(SpecJson.of(read(service, OTHER))).isEqualTo(text);
    }

    private static ServiceSpec read(ServiceSpec recorded, ServiceSpec declared) {
        return new RecordedSpec(declared, SpecJson.read(SpecJson.of(declared)), SpecJson.read(SpecJson.of(recorded)))
                .read();
    }

    private static ServiceSpec service(
            ReplicaSpec replica,
            ResourcesSpec resources,
            ReadinessSpec readiness,
            PlacementSpec placement,
            ScalingSpec scaling,
            UpdateSpec update,
            Optional<EndpointSpec> endpoint) {
        return new ServiceSpec(
                "chat",
                "service.chat",
                replica,
                resources,
                readiness,
                placement,
                scaling,
                update,
                endpoint,
                false,
                List.of());
    }

    @Provide
    Arbitrary<ServiceSpec> services() {
        return Combinators.combine(
                        replicas(),
                        resources(),
                        readiness(),
                        placements(),
                        scaling(),
                        updates(),
                        endpoints().optional())
                .as(RecordedSpecProperties::service)
                .flatMap(service -> allocations().map(service::with));
    }

    private static Arbitrary<AllocationSpec> allocations() {
        Arbitrary<AllocationSpec> fixed = Arbitraries.maps(
                        Arbitraries.of("CPU:4", "L4:1", "A100-80GB:8").map(Accelerator::parse),
                        Arbitraries.integers().between(0, 9))
                .ofMinSize(1)
                .map(replicas -> new AllocationSpec.Fixed(new TreeMap<>(replicas)));
        return Arbitraries.oneOf(Arbitraries.just(AllocationSpec.DEFAULT), fixed, mixes());
    }

    private static Arbitrary<AllocationSpec> mixes() {
        Arbitrary<Accelerator> accelerators =
                Arbitraries.of("CPU:4", "L4:1", "A100-80GB:8").map(Accelerator::parse);
        Arbitrary<RequestSize> sizes = Combinators.combine(
                        Arbitraries.integers().between(1, 20_000),
                        Arbitraries.integers().between(1, 2_000))
                .as(RequestSize::new);
        Arbitrary<Double> positive = Arbitraries.doubles().between(0.01, 1_000);
        Arbitrary<Map<RequestSize, Double>> bySize =
                Arbitraries.maps(sizes, positive).ofMinSize(1).ofMaxSize(4);
        Arbitrary<Map<Accelerator, Integer>> counts =
                Arbitraries.maps(accelerators, Arbitraries.integers().between(0, 9));
        return Combinators.combine(
                        Arbitraries.maps(accelerators, bySize),
                        bySize,
                        positive,
                        Arbitraries.doubles().between(0, 10),
                        counts,
                        counts,
                        positive.optional())
                .as((maxRates, shares, rate, headroom, atLeast, atMost, usd) -> {
                    SortedMap<Accelerator, SortedMap<RequestSize, Double>> sorted = new TreeMap<>();
                    maxRates.forEach((accelerator, rates) -> sorted.put(accelerator, new TreeMap<>(rates)));
                    return new AllocationSpec.Mixed(
                            sorted,
                            new TreeMap<>(shares),
                            rate,
                            headroom,
                            new TreeMap<>(atLeast),
                            new TreeMap<>(atMost),
                            usd.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
                });
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("aB \"\\{}ü\n$0").ofMaxLength(6);
    }

    private static Arbitrary<ReplicaSpec> replicas() {
        Arbitrary<EnvValue> values =
                Arbitraries.oneOf(texts().map(EnvValue.Plain::new), texts().map(EnvValue.SecretReference::new));
        Arbitrary<Map<String, EnvValue>> env = Arbitraries.maps(Arbitraries.of("A", "B", "C", "secret"), values)
                .ofMaxSize(3);
        return Combinators.combine(
                        texts().optional(),
                        texts().list().ofMaxSize(3),
                        Arbitraries.integers().between(1, 65535),
                        env,
                        sizes(),
                        access())
                .as((image, command, port, all, disk, access) ->
                        new ReplicaSpec(image, command, port, new LinkedHashMap<>(all), disk, access));
    }

    private static Arbitrary<AccessSpec> access() {
        Arbitrary<AccessSpec> keyed = Combinators.combine(
                        Arbitraries.of("A", "B").optional(),
                        texts().map(EnvValue.SecretReference::new).optional(),
                        Arbitraries.of(AccessSpec.DEFAULT_HEADER, "X-Api-Key"),
                        Arbitraries.of(true, false))
                .as((keyEnv, key, header, tls) -> new AccessSpec(keyEnv, key, header, tls, false));
        return keyed.map(access -> access.hasKey() ? access : AccessSpec.OPEN);
    }

    private static Arbitrary<OptionalInt> sizes() {
        return Arbitraries.integers()
                .between(1, 1_000)
                .optional()
                .map(size -> size.map(OptionalInt::of).orElseGet(OptionalInt::empty));
    }

    private static Arbitrary<ResourcesSpec> resources() {
        return Combinators.combine(
                        Arbitraries.of("L4:1", "A100-80GB:8", "CPU:1")
                                .map(Accelerator::parse)
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.of("*", "aws/us-east-1/*", "gcp/*/b")
                                .map(LocationPattern::parse)
                                .list()
                                .ofMaxSize(2),
                        Arbitraries.integers().between(0, 64),
                        Arbitraries.integers().between(0, 512),
                        prices().optional())
                .as(ResourcesSpec::new);
    }

    private static Arbitrary<HourlyPrice> prices() {
        return Arbitraries.longs().between(0, 1_000_000_000_000L).map(HourlyPrice::new);
    }

    private static Arbitrary<ReadinessSpec> readiness() {
        Arbitrary<Map<String, String>> headers =
                Arbitraries.maps(Arbitraries.of("Host", "X-A", "x-b"), texts()).ofMaxSize(2);
        Arbitrary<List<Duration>> times = durations().list().ofSize(4);
        Arbitrary<List<Integer>> thresholds =
                Arbitraries.integers().between(1, 9).list().ofSize(2);
        return Combinators.combine(
                        texts(),
                        Arbitraries.of("GET", "POST"),
                        texts().optional(),
                        headers,
                        sizes(),
                        Arbitraries.of(true, false),
                        times,
                        thresholds)
                .as((path, method, body, all, status, https, time, threshold) -> new ReadinessSpec(
                        path,
                        method,
                        body,
                        new LinkedHashMap<>(all),
                        status,
                        https,
                        time.get(0),
                        time.get(1),
                        time.get(2),
                        time.get(3),
                        threshold.get(0),
                        threshold.get(1)));
    }

    private static Arbitrary<PlacementSpec> placements() {
        Arbitrary<Boolean> fallback = Arbitraries.of(true, false);
        Arbitrary<Integer> number = Arbitraries.integers().between(0, 9);
        Arbitrary<PlacementSpec> skyhedge = Combinators.combine(
                        sizes(), Arbitraries.integers().between(1, 999).map(parts -> parts / 1_000.0), fallback, number)
                .as(PlacementSpec.Skyhedge::new);
        Arbitrary<PlacementSpec> spotHedge = Combinators.combine(
                        Arbitraries.of(PlacementSpec.SpotHedge.Rule.class), number, fallback, number)
                .as(PlacementSpec.SpotHedge::new);
        return Arbitraries.oneOf(
                skyhedge,
                spotHedge,
                Arbitraries.of(
                        PlacementSpec.DEFAULT,
                        new PlacementSpec.EvenSpread(),
                        new PlacementSpec.RoundRobin(),
                        new PlacementSpec.Asg(),
                        new PlacementSpec.SpotOnly(),
                        new PlacementSpec.OnDemand()));
    }

    private static Arbitrary<ScalingSpec> scaling() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.doubles().between(0.1, 100).optional(),
                        Arbitraries.doubles().between(0.1, 100).optional(),
                        durations(),
                        durations(),
                        durations())
                .as((least, more, rate, inFlight, window, up, down) -> new ScalingSpec(
                        least,
                        least + more,
                        rate.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                        inFlight.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
                        window,
                        up,
                        down));
    }

    private static Arbitrary<UpdateSpec> updates() {
        return Combinators.combine(
                        Arbitraries.of(UpdateSpec.Mode.class),
                        Arbitraries.integers().between(1, 9))
                .as(UpdateSpec::new);
    }

    private static Arbitrary<EndpointSpec> endpoints() {
        Arbitrary<Integer> number = Arbitraries.integers().between(1, 9_999);
        Arbitrary<OptionalInt> most =
                number.optional().map(m -> m.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        Arbitrary<EndpointSpec.Limits> limits = Combinators.combine(
                        durations(), durations(), number, number, number, most)
                .as(EndpointSpec.Limits::new);
        return Combinators.combine(
                        Arbitraries.of("127.0.0.1", "::1", "0.0.0.0"),
                        Arbitraries.integers().between(1, 65535),
                        Arbitraries.of(EndpointSpec.Policy.class),
                        number,
                        durations(),
                        Arbitraries.oneOf(limits, Arbitraries.just(EndpointSpec.Limits.DEFAULT)),
                        Arbitraries.oneOf(times(), Arbitraries.just(EndpointSpec.Times.DEFAULT)),
                        Arbitraries.of(
                                EndpointSpec.Session.DEFAULT, new EndpointSpec.Session("X-Chat", Optional.of("sid"))))
                .as(EndpointSpec::new)
                .flatMap(open -> Combinators.combine(keys(), Arbitraries.of(EndpointSpec.Continuation.class), tls())
                        .as((keys, continuation, tls) -> new EndpointSpec(
                                open.host(),
                                open.port(),
                                open.policy(),
                                open.holdLimit(),
                                open.holdTimeout(),
                                open.limits(),
                                open.times(),
                                open.session(),
                                keys,
                                continuation,
                                tls)));
    }

    private static Arbitrary<Optional<EndpointSpec.Tls>> tls() {
        var key = new EnvValue.SecretReference("file:/etc/chat.key");
        return Arbitraries.of(
                Optional.empty(),
                Optional.of(new EndpointSpec.Tls("/etc/chat.pem", key, Optional.empty())),
                Optional.of(new EndpointSpec.Tls("chat.pem", key, Optional.of("/etc/clients.pem"))));
    }

    private static Arbitrary<List<ClientKey>> keys() {
        Arbitrary<OptionalInt> limit =
                Arbitraries.of(OptionalInt.empty(), OptionalInt.of(1), OptionalInt.of(1_000_000));
        return Combinators.combine(
                        Arbitraries.of("team-a", "b"), Arbitraries.of("env:A", "file:/b"), limit, limit, limit)
                .as((name, secret, requests, tokens, inFlight) ->
                        new ClientKey(name, new EnvValue.SecretReference(secret), requests, tokens, inFlight))
                .list()
                .ofMaxSize(2)
                .uniqueElements(ClientKey::name);
    }

    private static Arbitrary<EndpointSpec.Times> times() {
        return Combinators.combine(
                        durations(),
                        durations().optional(),
                        durations().optional(),
                        durations(),
                        durations(),
                        durations(),
                        durations())
                .as(EndpointSpec.Times::new);
    }

    private static Arbitrary<Duration> durations() {
        return Arbitraries.longs().between(1, 100_000_000).map(Duration::ofMillis);
    }
}
