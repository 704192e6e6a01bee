package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// No policy asks a cloud over and over for what it refuses.
class LaunchPaceProperties {
    /// Of one service in a minute: what may be refused on spot and on demand, and a first round of each.
    private static final int MAX_LAUNCHES_PER_MINUTE = 2 * 60 + 2 * 5;

    private static final int WANTED = 4;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    record Refusals(LocationPattern where, Failure failure, int count) {}

    @Provide
    Arbitrary<PlacementSpec> policies() {
        return Arbitraries.of(
                new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, true, 0),
                new PlacementSpec.SpotHedge(1, true, 0),
                new PlacementSpec.SpotHedge(PlacementSpec.SpotHedge.Rule.ARTIFACT, 1, true, 0),
                new PlacementSpec.EvenSpread(),
                new PlacementSpec.RoundRobin(),
                new PlacementSpec.Asg(),
                new PlacementSpec.SpotOnly(),
                new PlacementSpec.OnDemand());
    }

    @Provide
    Arbitrary<List<Refusals>> refusals() {
        Arbitrary<LocationPattern> where = Arbitraries.of("*", "sim/east/*", "sim/west/*", "sim/east/east-a")
                .map(LocationPattern::parse);
        Arbitrary<Scope> scopes = Combinators.combine(
                        where, Arbitraries.of(Market.values()).optional())
                .as((place, market) -> new Scope(place, market, Optional.empty()));
        Arbitrary<Failure> failures = scopes.flatMap(scope -> Arbitraries.of(
                new Failure.NoCapacity(scope, "none left"),
                new Failure.Quota(scope, "no more for you"),
                new Failure.PriceTooLow(scope, "more, please"),
                new Failure.Throttled(Duration.ZERO, "slowly"),
                new Failure.UnsupportedHere(scope, "what is that"),
                new Failure.InvalidRequest("no such image"),
                new Failure.Denied("no"),
                new Failure.Conflict("used"),
                new Failure.NotFound("gone"),
                new Failure.PreemptedDuringLaunch(scope, "taken")));
        return Combinators.combine(where, failures, Arbitraries.of(1, 10, 1_000_000))
                .as(Refusals::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE)
    void boundsTheLaunchesOfAnyPolicyUnderAnyRefusals(
            @ForAll("policies") PlacementSpec policy, @ForAll("refusals") List<Refusals> refusals) {
        Cloud cloud = SimulatedClouds.calm();
        refusals.forEach(
                one -> cloud.faults().next(Call.LAUNCH, one.where(), new Fault.Refused(one.failure()), one.count()));
        var controller = new VirtualController(
                cloud, Declared.all(Declared.service("chat").wants(WANTED).with(policy)));
        controller.callsTake(Duration.ofMillis(10));
        List<Instant> launches = new ArrayList<>();
        controller.watch((world, step) -> step.effects().stream()
                .filter(Effect.Launch.class::isInstance)
                .forEach(_ -> launches.add(world.now())));

        controller.run(Duration.ofMinutes(15));

        for (int i = MAX_LAUNCHES_PER_MINUTE; i < launches.size(); i++) {
            assertThat(Duration.between(launches.get(i - MAX_LAUNCHES_PER_MINUTE), launches.get(i)))
                    .isGreaterThanOrEqualTo(MINUTE);
        }
    }
}
