package dev.skyhedge.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.pool.Claim.Nature;
import dev.skyhedge.engine.pool.Movement.GivenBack;
import dev.skyhedge.engine.pool.Movement.Left;
import dev.skyhedge.engine.pool.Movement.Passed;
import dev.skyhedge.engine.pool.Movement.PutToUse;
import dev.skyhedge.engine.pool.Movement.Rented;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class PoolArbiterProperties {
    private static final int TRIES = 10_000;
    private static final HourlyPrice PRICE = HourlyPrice.ofUsd("1");
    private static final Duration RENTING = Duration.ofMinutes(2);

    /// A pool as somebody finds it.
    record Found(Pool pool, List<Claim> claims) {
        Division divided() {
            return PoolArbiter.divide(pool, claims);
        }
    }

    @Provide
    Arbitrary<Found> pools() {
        Arbitrary<Claim> claim = Arbitraries.of(1, 5, 10, 20).flatMap(unit -> {
            Arbitrary<Integer> units = Arbitraries.integers().between(0, 60 / unit);
            return Combinators.combine(
                            Arbitraries.of(Nature.values()),
                            units,
                            units,
                            units,
                            units,
                            Arbitraries.of("0.5", "1", "2"))
                    .as((nature, floor, more, kept, held, worth) -> new Claim(
                            "c",
                            nature,
                            unit,
                            unit * (floor / 2),
                            unit * (floor / 2 + more),
                            unit * (kept / 3),
                            HourlyPrice.ofUsd(worth),
                            Duration.ofSeconds(30),
                            unit * held));
        });
        return Combinators.combine(
                        claim.list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.integers().between(0, 12),
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.of("2.5", "7", "100"))
                .as((claims, most, spare, limit) -> {
                    List<Claim> named = named(claims);
                    int held = named.stream().mapToInt(Claim::held).sum();
                    return new Found(
                            new Pool(
                                    most,
                                    Optional.of(HourlyPrice.ofUsd(limit)),
                                    PRICE,
                                    RENTING,
                                    Math.ceilDiv(held, Pool.SHARES) + spare),
                            named);
                });
    }

    private static List<Claim> named(List<Claim> claims) {
        List<Claim> named = new ArrayList<>();
        for (Claim claim : claims) {
            named.add(new Claim(
                    "c" + named.size(),
                    claim.nature(),
                    claim.unit(),
                    claim.floor(),
                    claim.wanted(),
                    claim.kept(),
                    claim.worth(),
                    claim.grace(),
                    claim.held()));
        }
        return named;
    }

    @Property(tries = TRIES)
    void neverMoreIsRentedThanIsAllowedOrGivenThanIsRented(@ForAll("pools") Found found) {
        Division division = found.divided();

        assertThat(division.machines()).isBetween(0, found.pool().maxMachines());
        assertThat(PRICE.times(division.machines()))
                .isLessThanOrEqualTo(found.pool().maxPerHour().orElseThrow());
        assertThat(division.idle()).isNotNegative();
        assertThat(found.claims())
                .allSatisfy(claim -> assertThat(division.of(claim.name()))
                        .isBetween(0, claim.wanted() + claim.kept())
                        .matches(shares -> shares % claim.unit() == 0));
    }

    @Property(tries = TRIES)
    void nobodyWhoServesIsBelowItsFloorWhileBackgroundWorkHasWhatItCouldUse(@ForAll("pools") Found found) {
        Division division = found.divided();
        int background = found.claims().stream()
                .filter(claim -> claim.nature().givesWay())
                .mapToInt(claim -> division.of(claim.name()))
                .sum();

        assertThat(found.claims())
                .filteredOn(claim -> !claim.nature().givesWay() && division.of(claim.name()) < claim.floor())
                .allSatisfy(short_ -> assertThat(division.idle() + background).isLessThan(short_.unit()));
    }

    @Property(tries = TRIES)
    void nothingIsIdleThatSomebodyWantsAndCanUse(@ForAll("pools") Found found) {
        Division division = found.divided();

        assertThat(found.claims())
                .filteredOn(claim -> division.of(claim.name()) < claim.wanted())
                .allSatisfy(claim -> assertThat(division.idle()).isLessThan(claim.unit()));
    }

    @Property(tries = TRIES)
    void nobodyLosesToAnEqualWhatItWants(@ForAll("pools") Found found) {
        Division division = found.divided();
        for (Claim one : found.claims()) {
            for (Claim other : found.claims()) {
                boolean equal = one.nature() == other.nature()
                        && one.worth().equals(other.worth())
                        && one.floor() == 0
                        && other.floor() == 0;
                boolean lost = division.of(one.name()) < Math.min(one.held(), one.wanted());
                int gained = Math.min(division.of(other.name()), other.wanted()) - other.held();
                assertThat(equal && lost && gained >= one.unit())
                        .as("%s to %s", one, other)
                        .isFalse();
            }
        }
    }

    @Property(tries = TRIES)
    void withMoreMachinesNobodyWhoServesHasLess(@ForAll("pools") Found found) {
        Pool pool = found.pool();
        Division less = found.divided();
        Division more = PoolArbiter.divide(
                new Pool(pool.maxMachines() + 1, Optional.empty(), pool.price(), pool.renting(), pool.rented()),
                found.claims());

        assertThat(found.claims())
                .filteredOn(claim -> !claim.nature().givesWay())
                .allSatisfy(claim -> assertThat(Math.min(more.of(claim.name()), claim.wanted()))
                        .isGreaterThanOrEqualTo(Math.min(less.of(claim.name()), claim.wanted())));
    }

    @Property(tries = TRIES)
    void askedAgainItMovesNothing(@ForAll("pools") Found found) {
        Division division = found.divided();
        Found again = new Found(
                found.pool().withRented(division.machines()),
                found.claims().stream()
                        .map(claim -> claim.withHeld(division.of(claim.name())))
                        .toList());

        assertThat(again.divided()).isEqualTo(new Division(division.machines(), division.shares(), List.of()));
    }

    @Property(tries = TRIES)
    void theOrderInWhichClaimsAreToldSaysNothing(@ForAll("pools") Found found) {
        assertThat(new Found(found.pool(), found.claims().reversed()).divided()).isEqualTo(found.divided());
    }

    @Property(tries = TRIES)
    void movementsLeadFromWhatIsHeldToWhatIsGivenAndNoneIsForNothing(@ForAll("pools") Found found) {
        Division division = found.divided();
        Map<String, Integer> has = new TreeMap<>();
        found.claims().forEach(claim -> has.put(claim.name(), claim.held()));
        for (Movement movement : division.movements()) {
            assertThat(movement.shares()).isPositive();
            assertThat(movement.reason()).isNotBlank();
            switch (movement) {
                case Rented rented -> has.merge(rented.to(), rented.shares(), Integer::sum);
                case PutToUse used -> has.merge(used.to(), used.shares(), Integer::sum);
                case Passed passed -> {
                    has.merge(passed.from(), -passed.shares(), Integer::sum);
                    has.merge(passed.to(), passed.shares(), Integer::sum);
                }
                case Left left -> has.merge(left.from(), -left.shares(), Integer::sum);
                case GivenBack _ -> {}
            }
            assertThat(has.values()).allMatch(shares -> shares >= 0);
        }
        int gained = found.claims().stream()
                .mapToInt(claim -> Math.max(0, division.of(claim.name()) - claim.held()))
                .sum();
        int lost = found.claims().stream()
                .mapToInt(claim -> Math.max(0, claim.held() - division.of(claim.name())))
                .sum();
        int received = division.movements().stream()
                .filter(movement -> !(movement instanceof Left) && !(movement instanceof GivenBack))
                .mapToInt(Movement::shares)
                .sum();
        int given = division.movements().stream()
                .filter(movement -> movement instanceof Left || movement instanceof Passed)
                .mapToInt(Movement::shares)
                .sum();

        assertThat(has).isEqualTo(division.shares());
        assertThat(received - gained).isEqualTo(given - lost).isNotNegative();
    }

    @Property(tries = TRIES)
    void nobodyWhoServesWaitsForAMachineThatBackgroundWorkHasAndCanGiveSooner(@ForAll("pools") Found found) {
        Division division = found.divided();
        for (Movement movement : division.movements()) {
            if (movement instanceof Rented rented) {
                Claim to = claim(found, rented.to());
                boolean serves = to.nature() == Nature.SERVICE && to.kept() == 0;
                assertThat(found.claims())
                        .filteredOn(claim -> serves && claim.nature() == Nature.BACKGROUND)
                        .as("%s", rented)
                        .allMatch(claim -> Math.min(rented.shares(), stillHas(division, claim))
                                < Math.max(to.unit(), claim.unit()));
            }
        }
    }

    private static Claim claim(Found found, String name) {
        return found.claims().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /// What it has of what it had, beyond its floor.
    private static int stillHas(Division division, Claim claim) {
        int given = division.movements().stream()
                .filter(movement ->
                        movement instanceof Passed passed && passed.from().equals(claim.name())
                                || movement instanceof Left left && left.from().equals(claim.name()))
                .mapToInt(Movement::shares)
                .sum();
        return claim.held() - given - claim.floor();
    }

    @Property(tries = TRIES)
    void aMachineIsRentedForWhoIsWorthItOrKeepsIt(@ForAll("pools") Found found) {
        Division division = found.divided();
        int paidFor = found.claims().stream()
                .mapToInt(claim -> claim.kept()
                        + (claim.nature() == Nature.BACKGROUND && claim.worth().compareTo(PRICE) < 0
                                ? claim.floor()
                                : claim.wanted()))
                .sum();

        assertThat(division.machines()).isLessThanOrEqualTo(Math.ceilDiv(paidFor, Pool.SHARES));
    }
}
