package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at what is there: one list of the lineage's group, one of how machines run, and a look at each
/// machine that was there before and is not listed, because a list may lag behind.
final class Observer {
    private final ComputeCalls calls;
    private final AzureSettings settings;
    private final InstanceReader reader;
    private final KnownInstances known;
    private final Addresses addresses;
    private final InstantSource clock;

    Observer(
            ComputeCalls calls,
            AzureSettings settings,
            InstanceReader reader,
            KnownInstances known,
            InstantSource clock) {
        this.calls = calls;
        this.settings = settings;
        this.reader = reader;
        this.known = known;
        this.addresses = new Addresses(calls.network());
        this.clock = clock;
    }

    Outcome<Observation> observe(String lineage) {
        Instant asked = clock.instant();
        Optional<String> group = lineage.isEmpty() ? settings.group() : Optional.of(settings.groupOf(lineage));
        return switch (calls.machines(group)) {
            case Outcome.Failed<List<VirtualMachineInner>>(Failure.NotFound noGroup) ->
                Outcome.done(observation(lineage, List.of(), Map.of(), asked));
            case Outcome.Failed<List<VirtualMachineInner>>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<List<VirtualMachineInner>>(List<VirtualMachineInner> listed) -> {
                List<VirtualMachineInner> ours =
                        listed.stream().filter(one -> Tags.isOf(one, lineage)).toList();
                yield switch (runs(ours)) {
                    case Outcome.Failed<Map<MachineId, VirtualMachineInner>>(Failure failure) ->
                        Outcome.failed(failure);
                    case Outcome.Done<Map<MachineId, VirtualMachineInner>>(Map<MachineId, VirtualMachineInner> runs) ->
                        Outcome.done(observation(lineage, ours, runs, asked));
                };
            }
        };
    }

    /// How machines run. Only machines that were made can have stopped since; an endpoint that does not
    /// tell how they run leaves us with how they were made.
    private Outcome<Map<MachineId, VirtualMachineInner>> runs(List<VirtualMachineInner> ours) {
        boolean needless = ours.stream()
                .noneMatch(one -> !InstanceReader.provisioning(one).equals("Creating")
                        && InstanceReader.statuses(one).isEmpty());
        if (needless) {
            return Outcome.done(Map.of());
        }
        return switch (calls.statuses()) {
            case Outcome.Done<List<VirtualMachineInner>>(List<VirtualMachineInner> told) -> {
                Map<MachineId, VirtualMachineInner> runs = new HashMap<>();
                told.forEach(one -> id(one).ifPresent(id -> runs.put(id, one)));
                yield Outcome.done(runs);
            }
            case Outcome.Failed<List<VirtualMachineInner>>(Failure failure) ->
                failure instanceof Failure.NotFound || failure instanceof Failure.InvalidRequest
                        ? Outcome.done(Map.of())
                        : Outcome.failed(failure);
        };
    }

    private Observation observation(
            String lineage, List<VirtualMachineInner> ours, Map<MachineId, VirtualMachineInner> runs, Instant asked) {
        SortedMap<String, Instance> seen = new TreeMap<>();
        SortedMap<String, Unreachable> gaps = new TreeMap<>();
        Map<String, Integer> ports = new HashMap<>();
        for (VirtualMachineInner found : ours) {
            id(found)
                    .flatMap(id -> remember(found, id, Optional.ofNullable(runs.get(id)), ports))
                    .ifPresent(one -> seen.put(one.id(), one));
        }
        lookForMissing(lineage, seen, ports, gaps);
        addresses.complete(seen.values(), ports, known).forEach(one -> seen.put(one.id(), one));
        known.recentlyEnded(lineage, asked).forEach(ended -> seen.put(ended.id(), ended));
        return new Observation(List.copyOf(seen.values()), List.copyOf(gaps.values()), asked);
    }

    private static Optional<MachineId> id(VirtualMachineInner found) {
        return Optional.ofNullable(found.id()).flatMap(MachineId::ofResource);
    }

    private Optional<Instance> remember(
            VirtualMachineInner found, MachineId id, Optional<VirtualMachineInner> run, Map<String, Integer> ports) {
        Tags.port(found).ifPresent(port -> ports.put(id.toString(), port));
        Optional<Instance> read = reader.read(found, id, run, Optional.empty(), clock.instant());
        read.filter(one -> !one.isLive()).ifPresent(known::leftOver);
        return read.map(known::saw);
    }

    private void lookForMissing(
            String lineage,
            SortedMap<String, Instance> seen,
            Map<String, Integer> ports,
            SortedMap<String, Unreachable> gaps) {
        for (KnownInstances.Known one : known.missing(lineage, seen.keySet())) {
            Instance before = one.instance();
            Optional<MachineId> id = MachineId.parse(before.id());
            LocationPattern place = LocationPattern.of(before.offer().location());
            if (id.isEmpty() || gaps.containsKey(place.toString())) {
                continue;
            }
            switch (calls.machine(id.get())) {
                case Outcome.Done<VirtualMachineInner>(VirtualMachineInner found) ->
                    remember(found, id.get(), Optional.of(found), ports).ifPresent(now -> seen.put(now.id(), now));
                case Outcome.Failed<VirtualMachineInner>(Failure.NotFound gone) -> {
                    var unused = known.ended(before, Endings.of(before, one.terminated(), clock.instant()));
                }
                case Outcome.Failed<VirtualMachineInner>(Failure failure) ->
                    gaps.put(place.toString(), new Unreachable(place, failure));
            }
        }
    }
}
