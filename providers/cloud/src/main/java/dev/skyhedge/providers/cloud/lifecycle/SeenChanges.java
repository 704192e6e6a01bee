package dev.skyhedge.providers.cloud.lifecycle;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.spi.Unreachable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// What one look at a lineage shows that the looks before it did not. An ended instance is forgotten when it is not
/// shown any more, so that this does not grow with all that was ever rented. Not thread-safe.
public final class SeenChanges {
    private final Map<String, Instance> last = new HashMap<>();
    private String trouble = "";
    private boolean first = true;

    /// Takes a look in: tells of what could not be seen, and has every instance compared that could.
    public void take(Outcome<Observation> look, Consumer<ProviderEvent> tell, Consumer<Instance> compare) {
        switch (look) {
            case Outcome.Failed<Observation>(Failure failure) ->
                failed(failure.message()).ifPresent(tell);
            case Outcome.Done<Observation>(Observation seen) -> {
                gap(seen).ifPresent(tell);
                seen.instances().forEach(compare);
                told(seen);
            }
        }
    }

    /// The instance as the looks before showed it.
    public Optional<Instance> before(String id) {
        return Optional.ofNullable(last.get(id));
    }

    /// A look that found nothing out. A gap, unless the look before failed in the same way.
    Optional<ProviderEvent> failed(String why) {
        boolean news = !why.isEmpty() && !why.equals(trouble);
        trouble = why;
        return news ? Optional.of(new ProviderEvent.Gap(why)) : Optional.empty();
    }

    /// The places that could not be asked are a gap, unless the look before had the same.
    Optional<ProviderEvent> gap(Observation seen) {
        return failed(gaps(seen.unreachable()));
    }

    /// Whether the instance, as it is seen now, is other than it was. What ended before the first look is no news.
    public boolean isNews(Instance now) {
        Instance before = last.put(now.id(), now);
        return before == null
                ? now.isLive() || !first
                : before.state() != now.state() || !before.endpoint().equals(now.endpoint());
    }

    /// All that this look shows has been told.
    void told(Observation seen) {
        first = false;
        Set<String> shown = seen.instances().stream().map(Instance::id).collect(Collectors.toSet());
        last.values().removeIf(one -> !one.isLive() && !shown.contains(one.id()));
    }

    private static String gaps(List<Unreachable> unreachable) {
        if (unreachable.isEmpty()) {
            return "";
        }
        int others = unreachable.size() - 1;
        return "Could not ask " + unreachable.getFirst().locations()
                + (others == 0 ? "" : " and " + others + (others == 1 ? " other place" : " other places"));
    }
}
