package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.InstancesScopedList;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Unreachable;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Looks at what is there: one list over all zones, page by page, and a look at each instance that was there
/// before and is not listed, because a list may lag behind.
final class Observer {
    private static final int MAX_PAGES = 400;

    private final ComputeCalls calls;
    private final InstanceReader reader;
    private final KnownInstances known;
    private final Endings endings;
    private final InstantSource clock;

    Observer(ComputeCalls calls, InstanceReader reader, KnownInstances known, Endings endings, InstantSource clock) {
        this.calls = calls;
        this.reader = reader;
        this.known = known;
        this.endings = endings;
        this.clock = clock;
    }

    Outcome<Observation> observe(String lineage) {
        Instant asked = clock.instant();
        SortedMap<String, Instance> seen = new TreeMap<>();
        SortedMap<String, Unreachable> gaps = new TreeMap<>();
        String page = "";
        for (int pages = 0; pages < MAX_PAGES; pages++) {
            switch (calls.instances(Labels.filter(lineage), page)) {
                case Outcome.Failed<InstanceAggregatedList>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<InstanceAggregatedList>(InstanceAggregatedList list) -> {
                    collect(list, lineage, seen, gaps);
                    page = list.getNextPageToken();
                }
            }
            if (page.isEmpty()) {
                lookForMissing(lineage, seen, gaps);
                known.recentlyEnded(lineage, asked).forEach(ended -> seen.put(ended.id(), ended));
                return Outcome.done(new Observation(List.copyOf(seen.values()), List.copyOf(gaps.values()), asked));
            }
        }
        return Outcome.failed(new Failure.OutcomeUnknown("More than " + MAX_PAGES + " pages of instances"));
    }

    private void collect(
            InstanceAggregatedList list,
            String lineage,
            SortedMap<String, Instance> seen,
            SortedMap<String, Unreachable> gaps) {
        for (Map.Entry<String, InstancesScopedList> entry : list.getItemsMap().entrySet()) {
            for (com.google.cloud.compute.v1.Instance found : entry.getValue().getInstancesList()) {
                if (Labels.isOf(found, lineage)) {
                    remember(found, entry.getKey()).ifPresent(one -> seen.put(one.id(), one));
                }
            }
            Gaps.warned(entry.getKey(), entry.getValue().getWarning()).ifPresent(gap -> Gaps.add(gaps, gap));
        }
        for (String scope : list.getUnreachablesList()) {
            Gaps.add(gaps, Gaps.unreachable(scope));
        }
        Gaps.warned("", list.getWarning()).ifPresent(gap -> Gaps.add(gaps, gap));
    }

    private Optional<Instance> remember(com.google.cloud.compute.v1.Instance found, String zone) {
        Optional<Instance> read = reader.read(found, zone, clock.instant());
        read.ifPresent(one -> known.saw(one, found.getId()));
        read.filter(one -> !one.isLive()).ifPresent(known::leftOver);
        return read.filter(one -> known.find(one.id())
                .filter(remembered -> remembered.instance().isLive() || !one.isLive())
                .isPresent());
    }

    private void lookForMissing(String lineage, SortedMap<String, Instance> seen, SortedMap<String, Unreachable> gaps) {
        List<LocationPattern> unseen = new ArrayList<>();
        gaps.values().forEach(gap -> unseen.add(gap.locations()));
        for (KnownInstances.Known missing : known.missing(lineage, seen.keySet())) {
            Instance before = missing.instance();
            if (unseen.stream().anyMatch(gap -> gap.matches(before.offer().location()))) {
                continue;
            }
            switch (calls.instance(before.offer().location().zone(), before.id())) {
                case Outcome.Done<com.google.cloud.compute.v1.Instance>(com.google.cloud.compute.v1.Instance found) ->
                    remember(found, before.offer().location().zone()).ifPresent(one -> seen.put(one.id(), one));
                case Outcome.Failed<com.google.cloud.compute.v1.Instance>(Failure failure) -> {
                    if (failure instanceof Failure.NotFound) {
                        var _ = known.ended(before, endings.of(before, missing.number(), missing.terminated()));
                    } else {
                        Gaps.add(
                                gaps,
                                new Unreachable(
                                        LocationPattern.of(before.offer().location()), failure));
                    }
                }
            }
        }
    }
}
