package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.AcceleratorTypeAggregatedList;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which cards are in which zone. One list tells it for the whole cloud; the types of machines around the cards
/// are as the price list has them, because the list of those is a hundred times as long.
///
/// @param zones zones by the cloud's name of the accelerator type
/// @param everyZone all zones, with cards or without
/// @param unreachable places that could not be asked, by what they cover
record AcceleratorMap(
        SortedMap<String, SortedSet<String>> zones,
        SortedSet<String> everyZone,
        SortedMap<String, Unreachable> unreachable) {
    /// Of a cloud that does not tell.
    static final AcceleratorMap UNKNOWN =
            new AcceleratorMap(new TreeMap<>(), Collections.emptySortedSet(), new TreeMap<>());

    private static final int MAX_PAGES = 40;

    /// Google's name of the card in the machine types of these families, whose offers do not name it.
    private static final Map<String, String> BUILT_IN = Map.of(
            "g2-", "nvidia-l4",
            "a2-highgpu-", "nvidia-tesla-a100",
            "a2-ultragpu-", "nvidia-a100-80gb",
            "a3-highgpu-", "nvidia-h100-80gb");

    /// Asks the cloud.
    static Outcome<AcceleratorMap> read(ComputeCalls calls) {
        SortedMap<String, SortedSet<String>> zones = new TreeMap<>();
        SortedSet<String> everyZone = new TreeSet<>();
        SortedMap<String, Unreachable> gaps = new TreeMap<>();
        String page = "";
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            switch (calls.acceleratorTypes(page)) {
                case Outcome.Failed<AcceleratorTypeAggregatedList>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<AcceleratorTypeAggregatedList>(AcceleratorTypeAggregatedList list) -> {
                    list.getItemsMap().forEach((scope, scoped) -> {
                        if (scope.startsWith("zones/")) {
                            everyZone.add(GoogleNames.name(scope));
                        }
                        Gaps.warned(scope, scoped.getWarning()).ifPresent(gap -> Gaps.add(gaps, gap));
                        for (AcceleratorType type : scoped.getAcceleratorTypesList()) {
                            String zone = GoogleNames.name(type.getZone().isEmpty() ? scope : type.getZone());
                            zones.computeIfAbsent(type.getName(), name -> new TreeSet<>())
                                    .add(zone);
                        }
                    });
                    list.getUnreachablesList().forEach(scope -> Gaps.add(gaps, Gaps.unreachable(scope)));
                    page = list.getNextPageToken();
                }
            }
            if (page.isEmpty()) {
                break;
            }
        }
        return Outcome.done(new AcceleratorMap(zones, everyZone, gaps));
    }

    /// The zones that have this type; empty if nothing is known of it, as may be so behind an endpoint that is
    /// not Google's.
    Optional<SortedSet<String>> zonesOf(String type) {
        return Optional.ofNullable(zones.get(type));
    }

    /// The cards of a machine; empty if it has none.
    static Optional<String> cards(MachineOrder machine) {
        return machine.cards()
                .map(MachineOrder.Cards::type)
                .or(() -> BUILT_IN.entrySet().stream()
                        .filter(family -> machine.machineType().startsWith(family.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst());
    }
}
