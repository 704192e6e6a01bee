package dev.skyhedge.engine.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.fleet.QuotaRoom;
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
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.PriceSource;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SupplyTest {
    private static final Declared CHAT = Declared.service("chat");
    private static final Map<String, MachineShape> SMALL = Map.of("small", new MachineShape(4, 16_384));

    private static AccountQuota spotQuota(String location, AccountQuota.Unit unit, long limit, long used) {
        return new AccountQuota(
                "Spot",
                new Scope(LocationPattern.parse(location), Optional.of(Market.SPOT), Optional.empty()),
                unit,
                limit,
                used);
    }

    private static Supply quotas(Duration age, AccountQuota... quotas) {
        return new Supply(
                new TreeMap<>(Map.of("sim", SMALL)),
                List.of(quotas).stream()
                        .map(quota -> new Supply.QuotaReading(quota, Worlds.NOW.minus(age)))
                        .toList(),
                List.of());
    }

    private static List<Action.Launch> launches(Declared service, World world) {
        return plan(service, world).actions().stream()
                .filter(Action.Launch.class::isInstance)
                .map(Action.Launch.class::cast)
                .toList();
    }

    private static Plan plan(Declared service, World world) {
        return Planner.plan(Kinds.of(Declared.all(service)), world, PlanOptions.DEFAULT);
    }

    @Test
    void goesElsewhereWhereAQuotaIsUsedUp() {
        World world = Worlds.of(CHAT, Signals.NONE)
                .with(quotas(Duration.ZERO, spotQuota("sim/east/*", AccountQuota.Unit.INSTANCES, 5, 5)));

        Plan plan = plan(CHAT, world);

        assertThat(launches(CHAT, world))
                .filteredOn(launch -> launch.offer().market() == Market.SPOT)
                .isNotEmpty()
                .allMatch(launch -> launch.offer().equals(Worlds.WEST_A));
        assertThat(plan.services().getFirst().notes())
                .anyMatch(note -> note.contains("quota Spot leaves no room in sim/east/* spot: 5 of 5 instances"));
    }

    @Test
    void neverPlansBeyondAQuota() {
        Declared many = CHAT.wants(10);
        World world = Worlds.of(many, Signals.NONE)
                .with(quotas(Duration.ZERO, spotQuota("sim/*/*", AccountQuota.Unit.VCPUS, 14, 2)));

        assertThat(launches(many, world))
                .filteredOn(launch -> launch.offer().market() == Market.SPOT)
                .as("12 vCPUs are left, 4 for each")
                .hasSize(3);
        assertThat(plan(many, world).services().getFirst().notes()).anyMatch(note -> note.contains("wait"));
    }

    @Test
    void countsWhatWasLaunchedSinceTheQuotaWasRead() {
        ReplicaRecord replica = Worlds.replica(CHAT, 1, Lifecycle.PROVISIONING, Worlds.EAST_A);
        AccountQuota quota = spotQuota("sim/*/*", AccountQuota.Unit.INSTANCES, 1, 0);

        assertThat(new QuotaRoom(Worlds.of(CHAT, Signals.NONE, replica).with(quotas(Duration.ofSeconds(61), quota)))
                        .hasRoomFor(Worlds.EAST_A))
                .isFalse();
        assertThat(new QuotaRoom(Worlds.of(CHAT, Signals.NONE, replica).with(quotas(Duration.ofSeconds(59), quota)))
                        .hasRoomFor(Worlds.EAST_A))
                .isTrue();
    }

    @Test
    void rentsOnlyMachinesThatAreKnownToBeLargeEnough() {
        World known = Worlds.of(CHAT, Signals.NONE).with(quotas(Duration.ZERO));

        assertThat(launches(CHAT.ofSize(4, 16), known)).isNotEmpty();
        assertThat(launches(CHAT.ofSize(5, 0), known)).isEmpty();
        assertThat(launches(CHAT.ofSize(0, 17), known)).isEmpty();
        assertThat(launches(CHAT.ofSize(1, 0), Worlds.of(CHAT, Signals.NONE))).isEmpty();
        assertThat(plan(CHAT.ofSize(5, 0), known).services().getFirst().notes())
                .anyMatch(note -> note.contains("rule out all 4 offers"));
    }

    @Test
    void warnsOfOldPrices() {
        var old = new PriceSource(
                LocationPattern.parse("sim"),
                Optional.empty(),
                "shipped catalogue",
                Worlds.NOW.minus(Duration.ofDays(40)));
        World world = Worlds.of(CHAT, Signals.NONE).with(new Supply(new TreeMap<>(), List.of(), List.of(old)));

        assertThat(plan(CHAT, world).services().getFirst().notes())
                .anyMatch(note -> note.contains("40 days old") && note.contains("skyhedge catalog update sim"));
    }
}
