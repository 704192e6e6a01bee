package dev.skyhedge.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.kinds.Kinds;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.Worlds;
import dev.skyhedge.engine.workload.Planner;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.WorkloadRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Two services and a quota that does not allow both.
class ArbiterTest {
    private static final Declared ALPHA =
            Declared.service("alpha").spotHedge(0, false, 0).in("sim/west/*");
    private static final Declared OMEGA =
            Declared.service("omega").spotHedge(0, false, 0).in("sim/east/east-a");

    private final Map<String, WorkloadRecord> recorded = new HashMap<>();

    /// The service is recorded, and wants so many, whatever its minimum is.
    private Declared wanting(Declared service, int wanted) {
        WorkloadRecord record = Worlds.recorded(service.spec());
        recorded.put(
                record.name(),
                new WorkloadRecord(
                        record.name(),
                        record.address(),
                        WorkloadRecord.SERVICE,
                        new WorkloadRecord.Edit(record.specJson(), record.version(), record.editedAt()),
                        wanted,
                        record.scaling(),
                        record.failedVersion(),
                        record.stable(),
                        record.protect(),
                        record.createdAt(),
                        ""));
        return service;
    }

    private Plan plan(long quota, Declared... services) {
        var scope = new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty());
        var reading = new Supply.QuotaReading(
                new AccountQuota("Instances", scope, AccountQuota.Unit.INSTANCES, quota, 0), Worlds.NOW);
        World world = Worlds.of(recorded, Signals.NONE);
        var limited = world.with(world.workloads(), new TreeMap<>(), Map.of())
                .with(new Supply(new TreeMap<>(), List.of(reading), List.of()));
        return Planner.plan(Kinds.of(Declared.all(services)), limited, PlanOptions.DEFAULT);
    }

    private static Map<String, Long> launches(Plan plan) {
        return plan.actions().stream()
                .flatMap(action -> action instanceof Action.Launch launch ? Stream.of(launch) : Stream.empty())
                .collect(Collectors.groupingBy(Action.Launch::service, Collectors.counting()));
    }

    private static List<String> notes(Plan plan, String service) {
        return plan.services().stream()
                .filter(summary -> summary.service().equals(service))
                .flatMap(summary -> summary.notes().stream())
                .toList();
    }

    @Test
    void whatIsProtectedComesFirst() {
        Plan plan = plan(2, ALPHA.wants(2), OMEGA.wants(2).isProtected());

        assertThat(launches(plan)).containsExactly(Map.entry("omega", 2L));
        assertThat(notes(plan, "alpha"))
                .anyMatch(note -> note.contains("this plan gives room to omega (protected) first"));
    }

    @Test
    void whatIsProtectedIsBegunFirstAndToldWhereTheSpecHasIt() {
        Plan plan = plan(10, ALPHA.wants(1), OMEGA.wants(1).isProtected());

        assertThat(plan.actions().stream()
                        .filter(Action.Launch.class::isInstance)
                        .map(Action::service))
                .containsExactly("omega", "alpha");
        assertThat(plan.services()).extracting(Plan.WorkloadSummary::service).containsExactly("alpha", "omega");
    }

    @Test
    void minimaComeBeforeWhatIsWantedBeyondThem() {
        Plan plan = plan(4, wanting(ALPHA.scales(1, 10), 5), OMEGA.wants(2));

        assertThat(launches(plan)).containsOnly(Map.entry("alpha", 2L), Map.entry("omega", 2L));
    }

    @Test
    void beyondMinimaTheCheaperComesFirst() {
        Plan plan = plan(3, wanting(ALPHA.scales(0, 10), 2), wanting(OMEGA.scales(0, 10), 2));

        assertThat(launches(plan)).containsOnly(Map.entry("omega", 2L), Map.entry("alpha", 1L));
    }

    @Test
    void theOrderOfBlocksSaysNothing() {
        Declared alpha = wanting(ALPHA.scales(1, 10), 4);
        Declared omega = wanting(OMEGA.scales(2, 10), 4);

        assertThat(launches(plan(4, alpha, omega))).isEqualTo(launches(plan(4, omega, alpha)));
    }
}
