package dev.skyhedge.engine.decision;

import dev.skyhedge.engine.decision.Alternative.Standing;
import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.fleet.LaunchLimits;
import dev.skyhedge.engine.fleet.QuotaRoom;
import dev.skyhedge.engine.placement.Closures;
import dev.skyhedge.engine.placement.Closures.Closed;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.ZoneHealth;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// The offers that a decision had to choose from for one service, and what it made of each. What
/// rules an offer out is what the planner itself asks: the spec, and the limits below all policies.
final class Alternatives {
    private static final Comparator<Offer> CHEAPEST = Comparator.comparing(Offer::price)
            .thenComparing(Offer::location)
            .thenComparing(Offer::market)
            .thenComparing(Offer::instanceType);
    private static final long MIB_PER_GB = 1024;

    private final World world;
    private final ResourcesSpec resources;
    private final List<Action.Launch> launches;
    private final Predicate<Offer> permits;
    private final Closures closures;

    private Alternatives(Decision decision, Declaration declared) {
        String service = declared.spec().name();
        this.world = decision.world();
        this.resources = declared.spec().resources();
        this.launches = decision.launches(service);
        this.permits = declared::permits;
        this.closures = new LaunchLimits(
                        world,
                        service,
                        declared.version(),
                        declared.spec().scaling().minReplicas(),
                        new QuotaRoom(world),
                        decision.options())
                .closures(world.offers());
    }

    /// Cheapest first; of what the spec does not permit only offers of an accelerator that it
    /// names.
    ///
    /// @param asked which offers
    static List<Alternative> of(Decision decision, String service, Predicate<Offer> asked) {
        return Declarations.of(decision.spec()).services().stream()
                .filter(declared -> declared.spec().name().equals(service))
                .findFirst()
                .map(declared -> new Alternatives(decision, declared).among(asked))
                .orElse(List.of());
    }

    private List<Alternative> among(Predicate<Offer> asked) {
        return world.offers().stream()
                .filter(asked)
                .filter(offer -> resources.accelerators().contains(offer.accelerator()))
                .sorted(CHEAPEST)
                .map(this::judged)
                .toList();
    }

    private Alternative judged(Offer offer) {
        Optional<Action.Launch> launch =
                launches.stream().filter(one -> one.offer().rentsSameAs(offer)).findFirst();
        if (launch.isPresent()) {
            return new Alternative(offer, Standing.CHOSEN, launch.get().reason());
        }
        return ruledOut(offer)
                .map(why -> new Alternative(offer, Standing.RULED_OUT, why))
                .or(() -> closures.of(offer).map(closed -> new Alternative(offer, Standing.CLOSED, text(closed))))
                .orElseGet(() -> new Alternative(offer, Standing.OPEN, open(offer)));
    }

    private Optional<String> ruledOut(Offer offer) {
        if (!permits.test(offer)) {
            return Optional.of("the spec's locations leave it out");
        }
        if (resources.hasMinimum() && !isLargeEnough(offer)) {
            return Optional.of("not known to have min_vcpus and min_memory_gb");
        }
        return resources
                .maxPrice()
                .filter(_ -> !resources.affords(offer))
                .map(price -> "dearer than max_price of " + price);
    }

    private boolean isLargeEnough(Offer offer) {
        Optional<MachineShape> shape = world.supply().shape(offer);
        return shape.isPresent()
                && shape.get().vcpus() >= resources.minVcpus()
                && shape.get().memoryMib() >= resources.minMemoryGb() * MIB_PER_GB;
    }

    private static String text(Closed closed) {
        return closed.reason()
                + closed.reopensAt().map(at -> "; closed until " + at).orElse("");
    }

    private String open(Offer offer) {
        Optional<ZoneHealth> troubled = world.zoneHealth().stream()
                .filter(zone -> zone.status() == ZoneHealth.Status.PREEMPTING
                        && zone.location().equals(offer.location())
                        && zone.market() == offer.market()
                        && zone.accelerator().equals(offer.accelerator()))
                .findFirst();
        if (troubled.isPresent()) {
            return "its zone is avoided: " + troubled.get().evidence();
        }
        List<Offer> rivals = launches.stream()
                .map(Action.Launch::offer)
                .filter(chosen -> chosen.market() == offer.market())
                .toList();
        if (rivals.isEmpty()) {
            return "no " + offer.market().word() + " replica was missing";
        }
        return rivals.stream().allMatch(chosen -> chosen.price().compareTo(offer.price()) <= 0)
                ? "open, and no cheaper than what was launched"
                : "open; the policy had another place before it";
    }
}
