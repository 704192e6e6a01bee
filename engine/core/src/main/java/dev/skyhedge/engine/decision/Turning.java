package dev.skyhedge.engine.decision;

import dev.skyhedge.engine.decision.Alternative.Standing;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.ScalingSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;

/// Finds the smallest change of one offer with which a decision would have launched it, by asking
/// the planner again: first that it were open and permitted, then also cheaper, then that more
/// replicas were wanted, and last that the service were placed by a policy for its market.
final class Turning {
    /// Prices are told in ten-thousandths of a dollar.
    private static final long PRICE_STEP = 100;

    private static final int MOST_MORE_REPLICAS = 4;

    private final Decision decision;
    private final String service;

    Turning(Decision decision, String service) {
        this.decision = decision;
        this.service = service;
    }

    /// What of an offer is changed, in the order of what it takes.
    private enum Size {
        OPEN,
        PRICE,
        MORE,
        POLICY
    }

    private record Found(Size size, double share, Turn turn) {}

    /// The smallest change for any of these; empty if there is none that the planner confirms.
    Optional<Turn> smallest(List<Alternative> alternatives) {
        List<Found> found = new ArrayList<>();
        for (Alternative alternative : alternatives) {
            turn(alternative).ifPresent(found::add);
        }
        return found.stream()
                .min(Comparator.comparing(Found::size).thenComparing(Found::share))
                .map(Found::turn);
    }

    private Optional<Found> turn(Alternative alternative) {
        Offer offer = alternative.offer();
        List<String> conditions = new ArrayList<>();
        Decision permitted = decision;
        Alternative then = alternative;
        if (alternative.standing() == Standing.RULED_OUT) {
            permitted = permitting(decision, offer);
            conditions.add("the spec permitted it (" + alternative.why() + ")");
            then = Alternatives.of(permitted, service, offer::equals).getFirst();
        }
        Decision opened = opened(permitted, then, conditions);
        Optional<Found> found = conditions.isEmpty() ? Optional.empty() : asIs(Size.OPEN, opened, offer, conditions);
        found = found.or(() -> cheaper(Size.PRICE, opened, offer, conditions));
        for (int more = 1; more <= MOST_MORE_REPLICAS && found.isEmpty(); more++) {
            found = wanting(more, opened, offer, conditions);
        }
        return found.or(() -> placedOtherwise(opened, offer, conditions));
    }

    private Optional<Found> wanting(int more, Decision opened, Offer offer, List<String> conditions) {
        Decision larger = declaring(opened, declared -> declared.with(wanting(declared.scaling(), more)));
        List<String> all = new ArrayList<>(conditions);
        all.add(more + (more == 1 ? " more replica were wanted" : " more replicas were wanted"));
        return asIs(Size.MORE, larger, offer, all).or(() -> cheaper(Size.MORE, larger, offer, all));
    }

    /// A policy that does not look at a market at all is not turned by a price.
    private Optional<Found> placedOtherwise(Decision opened, Offer offer, List<String> conditions) {
        PlacementSpec policy =
                offer.market() == Market.SPOT ? new PlacementSpec.SpotOnly() : new PlacementSpec.OnDemand();
        Decision other = declaring(opened, declared -> declared.with(policy));
        List<String> all = new ArrayList<>(conditions);
        all.add("the placement were \"" + (offer.market() == Market.SPOT ? "spot_only" : "on_demand") + "\"");
        return asIs(Size.POLICY, other, offer, all).or(() -> cheaper(Size.POLICY, other, offer, all));
    }

    private Optional<Found> asIs(Size size, Decision changed, Offer offer, List<String> conditions) {
        return launch(changed, offer).map(launch -> new Found(size, conditions.size(), turn(conditions, launch)));
    }

    /// With nothing in the way of asking for the offer, and says what was.
    private static Decision opened(Decision before, Alternative alternative, List<String> conditions) {
        Offer offer = alternative.offer();
        Decision opened = before.with(
                alternative.standing() == Standing.CLOSED
                        ? Openings.of(before.world(), offer)
                        : Openings.calm(before.world(), offer));
        if (!opened.world().equals(before.world())) {
            conditions.add("this were over: " + alternative.why());
        }
        return opened;
    }

    private Decision permitting(Decision before, Offer offer) {
        return declaring(before, declared -> {
            ResourcesSpec old = declared.resources();
            List<LocationPattern> locations = new ArrayList<>(old.locations());
            locations.add(LocationPattern.of(offer.location()));
            return declared.with(new ResourcesSpec(
                    old.accelerators(),
                    locations,
                    0,
                    0,
                    old.maxPrice().filter(price -> price.compareTo(offer.price()) >= 0)));
        });
    }

    /// The highest price at which it is launched, by halving. That a lower one does too is not
    /// asked.
    private Optional<Found> cheaper(Size size, Decision opened, Offer offer, List<String> conditions) {
        long most = offer.price().microDollars() / PRICE_STEP;
        long launched = 1;
        Optional<Action.Launch> best = most <= 1 ? Optional.empty() : launch(at(opened, offer, launched), offer);
        if (best.isEmpty()) {
            return Optional.empty();
        }
        long not = most;
        while (not - launched > 1) {
            long middle = (not + launched) / 2;
            Optional<Action.Launch> launch = launch(at(opened, offer, middle), offer);
            if (launch.isPresent()) {
                launched = middle;
                best = launch;
            } else {
                not = middle;
            }
        }
        List<String> all = new ArrayList<>(conditions);
        HourlyPrice price = new HourlyPrice(launched * PRICE_STEP);
        all.add("it cost " + price + " instead of " + offer.price());
        return Optional.of(new Found(size, conditions.size() + 1 - (double) launched / most, turn(all, best.get())));
    }

    private static Decision at(Decision before, Offer offer, long price) {
        return before.with(Openings.replacing(before.world(), offer, offer.at(new HourlyPrice(price * PRICE_STEP))));
    }

    /// So many more than what is wanted now.
    private ScalingSpec wanting(ScalingSpec old, int more) {
        int now = decision.world()
                .service(service)
                .map(record -> Math.max(old.minReplicas(), record.wanted()))
                .orElse(old.minReplicas());
        return new ScalingSpec(
                now + more,
                Math.max(old.maxReplicas(), now + more),
                old.targetQpsPerReplica(),
                old.targetInFlightPerReplica(),
                old.window(),
                old.upscaleDelay(),
                old.downscaleDelay());
    }

    private Decision declaring(Decision before, UnaryOperator<ServiceSpec> change) {
        SequencedMap<String, ServiceSpec> services =
                new LinkedHashMap<>(before.spec().services());
        services.computeIfPresent(service, (_, declared) -> change.apply(declared));
        return before.with(before.spec().with(services));
    }

    private Optional<Action.Launch> launch(Decision changed, Offer offer) {
        return Decision.launches(changed.again().actions(), service).stream()
                .filter(launch -> launch.offer().rentsSameAs(offer))
                .findFirst();
    }

    private static Turn turn(List<String> conditions, Action.Launch launch) {
        return new Turn(String.join(", and ", conditions), launch);
    }
}
