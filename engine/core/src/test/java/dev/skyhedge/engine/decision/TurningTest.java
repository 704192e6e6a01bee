package dev.skyhedge.engine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.decision.Alternative.Standing;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurningTest {
    private static final Declared CHAT = Declared.service("chat").wants(1).spotHedge(0, false, 0);

    private static Decision decided(Declared service, World world) {
        Spec spec = Declared.all(service);
        return new Decision(
                spec,
                world,
                PlanOptions.DEFAULT,
                Planner.plan(Kinds.of(spec), world, PlanOptions.DEFAULT).actions());
    }

    private static World world(Declared service) {
        return Worlds.of(service, Signals.NONE);
    }

    private static Alternative of(Decision decision, Offer offer) {
        return decision.alternatives("chat").stream()
                .filter(one -> one.offer().equals(offer))
                .findFirst()
                .orElseThrow();
    }

    private static Optional<String> change(Decision decision, Offer offer) {
        return decision.turn("chat", List.of(of(decision, offer))).map(Turn::change);
    }

    @Test
    void theCheapestIsChosenAndTheOthersFollowInTheOrderOfTheirPrice() {
        Decision decision = decided(CHAT, world(CHAT));

        assertThat(decision.alternatives("chat"))
                .extracting(Alternative::offer)
                .containsExactly(Worlds.EAST_A, Worlds.EAST_B, Worlds.WEST_A, Worlds.ON_DEMAND);
        assertThat(of(decision, Worlds.EAST_A).standing()).isEqualTo(Standing.CHOSEN);
        assertThat(of(decision, Worlds.WEST_A))
                .isEqualTo(
                        new Alternative(Worlds.WEST_A, Standing.OPEN, "open, and no cheaper than what was launched"));
    }

    @Test
    void theHighestPriceThatTurnsItIsFoundToATenThousandthOfADollar() {
        Decision decision = decided(CHAT, world(CHAT));

        assertThat(change(decision, Worlds.WEST_A)).contains("it cost $0.2999/h instead of $0.32/h");
        assertThat(launches(decision, HourlyPrice.ofUsd("0.2999"))).isTrue();
        assertThat(launches(decision, HourlyPrice.ofUsd("0.3001"))).isFalse();
    }

    private static boolean launches(Decision decision, HourlyPrice price) {
        World changed = Openings.replacing(decision.world(), Worlds.WEST_A, Worlds.WEST_A.at(price));
        return Decision.launches(decision.with(changed).again().actions(), "chat").stream()
                .anyMatch(launch -> launch.offer().location().equals(Worlds.WEST_A.location()));
    }

    @Test
    void anOrderToAvoidAPlaceIsToldAndTurnedByItsEnd() {
        var avoid = new PlacedOrder(
                1,
                new Order.AvoidZone(LocationPattern.of(Worlds.EAST_A.location()), Optional.empty()),
                "ann@box",
                Worlds.NOW,
                Optional.empty());
        Decision decision = decided(CHAT, world(CHAT).with(List.of(avoid)));

        assertThat(of(decision, Worlds.EAST_A).standing()).isEqualTo(Standing.CLOSED);
        assertThat(change(decision, Worlds.EAST_A))
                .hasValueSatisfying(
                        text -> assertThat(text).startsWith("this were over: ").doesNotContain(" and "));
    }

    @Test
    void whatTheSpecRulesOutIsTurnedByTheSpec() {
        Declared inTheWest = CHAT.in("sim/west/*");
        Decision elsewhere = decided(inTheWest, world(inTheWest));
        Declared thrifty = CHAT.upTo("0.305");
        Decision tooDear = decided(thrifty, world(thrifty));

        assertThat(of(elsewhere, Worlds.EAST_A).standing()).isEqualTo(Standing.RULED_OUT);
        assertThat(change(elsewhere, Worlds.EAST_A))
                .contains("the spec permitted it (the spec's locations leave it out)");
        assertThat(of(tooDear, Worlds.EAST_B).why()).isEqualTo("dearer than max_price of $0.305/h");
        assertThat(change(tooDear, Worlds.EAST_B))
                .contains("the spec permitted it (dearer than max_price of $0.305/h), and it cost $0.2999/h instead"
                        + " of $0.31/h");
    }

    @Test
    void aMarketThatThePolicyDoesNotUseIsTurnedByAnotherPolicy() {
        Declared even = CHAT.wants(2);
        Decision decision = decided(even, world(even));

        assertThat(change(decision, Worlds.ON_DEMAND)).contains("the placement were \"on_demand\"");
    }
}
