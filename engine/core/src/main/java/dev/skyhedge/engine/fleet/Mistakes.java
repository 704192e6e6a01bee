package dev.skyhedge.engine.fleet;

import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Launches that a provider has refused for what was asked or for who asked, in this process. The same call would be
/// refused again, so what the refusal is about stays closed: the region of the account that was denied something,
/// or the offer that a request was wrong for. A second one says that it is about more: the whole cloud, or the
/// request wherever it is made. Now and then one tries anyway, as nobody tells when credentials have changed.
final class Mistakes {
    private final List<RefusedLaunches.Mistake> all;

    /// @param version that new replicas run: what was wrong with another one says nothing
    Mistakes(World world, String service, String version) {
        this.all = world.refused().mistakes().stream()
                .filter(mistake -> mistake.retryAt().isAfter(world.now()))
                .filter(mistake -> mistake.isDenial()
                        || (mistake.service().equals(service)
                                && mistake.version().equals(version)))
                .toList();
    }

    /// Why nothing like this is to be asked for.
    Optional<RefusedLaunches.Mistake> about(Offer offer) {
        return all.stream().filter(mistake -> closes(mistake, offer)).findFirst();
    }

    /// When each of them is worth another try.
    List<Instant> retries() {
        List<Instant> retries = new ArrayList<>();
        all.forEach(mistake -> retries.add(mistake.retryAt()));
        return retries;
    }

    private boolean closes(RefusedLaunches.Mistake mistake, Offer offer) {
        Location there = mistake.offer().location();
        if (mistake.isDenial()) {
            boolean everywhere = all.stream()
                    .anyMatch(other -> other.isDenial()
                            && other.offer().location().cloud().equals(there.cloud())
                            && !other.offer().location().region().equals(there.region()));
            return new LocationPattern(there.cloud(), everywhere ? "*" : there.region(), "*").matches(offer.location());
        }
        boolean everywhere =
                all.stream().anyMatch(other -> !other.isDenial() && !isSamePlace(mistake.offer(), other.offer()));
        return everywhere || isSamePlace(mistake.offer(), offer);
    }

    private static boolean isSamePlace(Offer one, Offer other) {
        return one.location().equals(other.location())
                && one.instanceType().equals(other.instanceType())
                && one.market() == other.market();
    }
}
