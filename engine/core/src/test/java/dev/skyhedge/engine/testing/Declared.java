package dev.skyhedge.engine.testing;

import dev.skyhedge.specs.AccessSpec;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.EnvValue;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ReadinessSpec;
import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.Spec;
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
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;

/// A declared service, in the words of a spec. Every method gives a changed copy.
public record Declared(ServiceSpec spec) {
    /// One replica on spot anywhere, without spares and without stand-ins.
    public static Declared service(String name) {
        return new Declared(new ServiceSpec(
                name,
                "service." + name,
                replica("v1"),
                new ResourcesSpec(List.of(Accelerator.parse("CPU:1")), List.of(LocationPattern.parse("sim/*/*"))),
                ReadinessSpec.DEFAULT,
                new PlacementSpec.SpotHedge(0, false, 0),
                ScalingSpec.fixed(1),
                UpdateSpec.DEFAULT,
                Optional.empty(),
                false));
    }

    /// The spec that declares these.
    public static Spec all(Declared... services) {
        SequencedMap<String, ServiceSpec> byName = new LinkedHashMap<>();
        for (Declared service : services) {
            byName.put(service.spec.name(), service.spec);
        }
        return new Spec(List.of(), byName, List.of());
    }

    public Declared dependsOn(String... services) {
        return new Declared(spec.after(List.of(services)));
    }

    public Declared wants(int replicas) {
        return with(ScalingSpec.fixed(replicas));
    }

    /// Follows the request rate, one request per second and replica.
    public Declared scales(int min, int max) {
        return with(new ScalingSpec(
                min, max, OptionalDouble.of(1), Duration.ofSeconds(60), Duration.ofMinutes(5), Duration.ofMinutes(20)));
    }

    public Declared with(ScalingSpec scaling) {
        return copy(spec.replica(), spec.resources(), spec.readiness(), spec.placement(), scaling, spec.update());
    }

    public Declared spotHedge(int spares, boolean fallback, int base) {
        return with(new PlacementSpec.SpotHedge(spares, fallback, base));
    }

    public Declared with(PlacementSpec placement) {
        return copy(spec.replica(), spec.resources(), spec.readiness(), placement, spec.scaling(), spec.update());
    }

    public Declared in(String... patterns) {
        var resources = new ResourcesSpec(
                spec.resources().accelerators(),
                List.of(patterns).stream().map(LocationPattern::parse).toList());
        return copy(spec.replica(), resources, spec.readiness(), spec.placement(), spec.scaling(), spec.update());
    }

    /// On machines of at least this size.
    public Declared ofSize(int vcpus, int memoryGb) {
        ResourcesSpec now = spec.resources();
        return on(new ResourcesSpec(now.accelerators(), now.locations(), vcpus, memoryGb, now.maxPrice()));
    }

    /// At no higher price than this, in USD an hour.
    public Declared upTo(String usdPerHour) {
        return on(spec.resources().upTo(Optional.of(HourlyPrice.ofUsd(usdPerHour))));
    }

    private Declared on(ResourcesSpec resources) {
        return copy(spec.replica(), resources, spec.readiness(), spec.placement(), spec.scaling(), spec.update());
    }

    /// Runs another version of the replica block.
    public Declared running(String version) {
        return copy(
                replica(version), spec.resources(), spec.readiness(), spec.placement(), spec.scaling(), spec.update());
    }

    /// Runs on a disk of this size.
    public Declared onDisk(int gb) {
        return copy(
                spec.replica().onDisk(OptionalInt.of(gb)),
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                spec.update());
    }

    public Declared update(UpdateSpec.Mode mode, int surge) {
        return copy(
                spec.replica(),
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                new UpdateSpec(mode, surge));
    }

    /// Gives up replicas whose probes have failed for this long.
    public Declared failureTimeout(Duration time) {
        return probed(spec.readiness().initialDelay(), time);
    }

    public Declared initialDelay(Duration delay) {
        return probed(delay, spec.readiness().failureTimeout());
    }

    private Declared probed(Duration initialDelay, Duration failureTimeout) {
        ReadinessSpec old = spec.readiness();
        var readiness = new ReadinessSpec(
                old.path(),
                old.method(),
                old.body(),
                old.headers(),
                old.status(),
                old.https(),
                old.period(),
                old.timeout(),
                initialDelay,
                failureTimeout,
                old.successThreshold(),
                old.failureThreshold());
        return copy(spec.replica(), spec.resources(), readiness, spec.placement(), spec.scaling(), spec.update());
    }

    public Declared isProtected() {
        return new Declared(new ServiceSpec(
                spec.name(),
                spec.address(),
                spec.replica(),
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                spec.update(),
                spec.endpoint(),
                true));
    }

    public Declared with(AccessSpec access) {
        return copy(
                spec.replica().with(access),
                spec.resources(),
                spec.readiness(),
                spec.placement(),
                spec.scaling(),
                spec.update());
    }

    public Declared with(ReplicaSpec replica) {
        return copy(replica, spec.resources(), spec.readiness(), spec.placement(), spec.scaling(), spec.update());
    }

    private Declared copy(
            ReplicaSpec replica,
            ResourcesSpec resources,
            ReadinessSpec readiness,
            PlacementSpec placement,
            ScalingSpec scaling,
            UpdateSpec update) {
        return new Declared(new ServiceSpec(
                        spec.name(),
                        spec.address(),
                        replica,
                        resources,
                        readiness,
                        placement,
                        scaling,
                        update,
                        spec.endpoint(),
                        spec.protect(),
                        spec.dependsOn())
                .with(spec.allocation()));
    }

    /// So many replicas on each of these accelerators: `L4:1`, 2.
    public Declared allocates(Map<String, Integer> replicas) {
        SortedMap<Accelerator, Integer> byAccelerator = new TreeMap<>();
        replicas.forEach((name, number) -> byAccelerator.put(Accelerator.parse(name), number));
        var fixed = new AllocationSpec.Fixed(byAccelerator);
        return on(replicas.keySet().toArray(String[]::new))
                .with(ScalingSpec.fixed(fixed.total()))
                .with(fixed);
    }

    /// A mix of the accelerators that it runs on.
    public Declared mixes(AllocationSpec.Mixed mixed) {
        return with(ScalingSpec.DEFAULT).with(mixed);
    }

    private Declared with(AllocationSpec allocation) {
        return new Declared(spec.with(allocation));
    }

    /// Runs on any of these accelerators.
    public Declared on(String... accelerators) {
        return new Declared(spec.with(new ResourcesSpec(
                List.of(accelerators).stream().map(Accelerator::parse).sorted().toList(),
                spec.resources().locations())));
    }

    private static ReplicaSpec replica(String version) {
        SequencedMap<String, EnvValue> env = new LinkedHashMap<>();
        env.put("VERSION", new EnvValue.Plain(version));
        return new ReplicaSpec(Optional.empty(), List.of("serve", version), 8000, env);
    }
}
