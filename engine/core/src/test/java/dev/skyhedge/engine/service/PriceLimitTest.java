package dev.skyhedge.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.declared.Declaration;
import dev.skyhedge.engine.declared.Declarations;
import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord.StableVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a replica may cost at most, in a world where spot costs 0.30, 0.31 and 0.32, and on-demand 1.00.
class PriceLimitTest {
    private static final Declared CHAT = Declared.service("chat").wants(3);

    /// One of them always on-demand.
    private static final Declared BASED = CHAT.spotHedge(0, false, 1);

    private static Plan plan(Declared service, World world) {
        return Planner.plan(Kinds.of(Declared.all(service)), world, PlanOptions.DEFAULT);
    }

    private static List<Offer> launched(Plan plan) {
        return plan.actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(action -> ((Action.Launch) action).offer())
                .toList();
    }

    private static List<String> notes(Plan plan) {
        return plan.services().getFirst().notes();
    }

    @Test
    void rentsNothingDearer() {
        Plan plan = plan(CHAT.upTo("0.31"), Worlds.of(CHAT, Signals.NONE));

        assertThat(launched(plan)).isNotEmpty().containsOnly(Worlds.EAST_A, Worlds.EAST_B);
    }

    @Test
    void rentsNothingOnDemandWhereThatIsDearerAndSaysSo() {
        Plan plan = plan(BASED.upTo("0.5"), Worlds.of(BASED, Signals.NONE));

        assertThat(launched(plan)).isNotEmpty().doesNotContain(Worlds.ON_DEMAND);
        assertThat(notes(plan)).contains("max_price of $0.50/h rules out on_demand: the cheapest costs $1.00/h");
    }

    @Test
    void saysNothingWhereEachMarketHasSomethingCheapEnough() {
        Plan plan = plan(BASED.upTo("1"), Worlds.of(BASED, Signals.NONE));

        assertThat(launched(plan)).contains(Worlds.ON_DEMAND);
        assertThat(notes(plan)).noneMatch(note -> note.contains("max_price"));
    }

    @Test
    void launchesNothingWhereEverythingIsDearerAndSaysWhatTheCheapestCosts() {
        Plan plan = plan(CHAT.upTo("0.29"), Worlds.of(CHAT, Signals.NONE));

        assertThat(launched(plan)).isEmpty();
        assertThat(notes(plan)).contains("max_price of $0.29/h rules out all 4 offers: the cheapest costs $0.30/h");
    }

    @Test
    void keepsWhatRunsAlready() {
        Declared one = Declared.service("chat").wants(1).spotHedge(0, false, 0);
        ReplicaRecord running = Worlds.replica(one, 1, Lifecycle.READY, Worlds.WEST_A);

        Plan plan = plan(one.upTo("0.31"), Worlds.of(one, Signals.NONE, running));

        assertThat(plan.actions()).as("nothing takes its place").allMatch(Action.PutWorkload.class::isInstance);
    }

    @Test
    void isNoEditThatCouldBeTakenBack() {
        Declaration cheap = declaration(CHAT.upTo("0.31"));
        StableVersion before = Worlds.recorded(CHAT.upTo("2").running("before").spec())
                .stable()
                .orElseThrow();

        assertThat(cheap.isSameEdit(declaration(CHAT.upTo("2")).json())).isTrue();
        assertThat(cheap.isSameEdit(before)).isFalse();
        assertThat(cheap.rolledBackTo(before).orElseThrow().spec().resources().maxPrice())
                .isEqualTo(cheap.spec().resources().maxPrice());
    }

    private static Declaration declaration(Declared service) {
        return Declarations.of(Declared.all(service)).services().iterator().next();
    }
}
