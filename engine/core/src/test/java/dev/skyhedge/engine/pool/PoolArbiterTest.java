package dev.skyhedge.engine.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.engine.pool.Claim.Nature;
import dev.skyhedge.engine.pool.Movement.GivenBack;
import dev.skyhedge.engine.pool.Movement.Left;
import dev.skyhedge.engine.pool.Movement.Passed;
import dev.skyhedge.engine.pool.Movement.PutToUse;
import dev.skyhedge.engine.pool.Movement.Rented;
import dev.skyhedge.spi.HourlyPrice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PoolArbiterTest {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final HourlyPrice PRICE = HourlyPrice.ofUsd("1.5");
    private static final Duration RENTING = Duration.ofMinutes(2);
    private static final String CHAT = "service.chat";
    private static final String SWEEP = "sweep.lr";

    private static Pool pool(int most, int rented) {
        return new Pool(most, Optional.empty(), PRICE, RENTING, rented);
    }

    /// In whole machines.
    private static Claim claim(String name, Nature nature, int floor, int wanted, int kept, String worth, int held) {
        return new Claim(
                name,
                nature,
                20,
                20 * floor,
                20 * wanted,
                20 * kept,
                HourlyPrice.ofUsd(worth),
                nature.givesWay() ? GRACE : Duration.ZERO,
                20 * held);
    }

    private static Division divided(Pool pool, Claim... claims) {
        return PoolArbiter.divide(pool, List.of(claims));
    }

    @Test
    void backgroundWorkGivesWayWithinItsGraceWhenAServiceNeedsTheMachine() {
        Division division = divided(
                pool(3, 3),
                claim(CHAT, Nature.SERVICE, 1, 2, 0, "9", 1),
                claim(SWEEP, Nature.BACKGROUND, 0, 2, 0, "9", 2));

        assertThat(division.movements())
                .containsExactly(new Passed(
                        SWEEP, CHAT, 20, GRACE, PRICE, "service.chat wants it to serve; sweep.lr gives way"));
        assertThat(division.machines()).isEqualTo(3);
    }

    @Test
    void aServiceDoesNotWaitForAMachineThatBackgroundWorkCanGiveSooner() {
        Claim chat = claim(CHAT, Nature.SERVICE, 1, 2, 0, "9", 1);
        Claim sweep = claim(SWEEP, Nature.BACKGROUND, 0, 2, 0, "9", 2);

        assertThat(divided(pool(9, 3), chat, sweep).movements())
                .containsExactly(
                        new Passed(
                                SWEEP,
                                CHAT,
                                20,
                                GRACE,
                                PRICE,
                                "service.chat wants it to serve; sweep.lr gives way, and has another rented"),
                        new Rented(SWEEP, 20, PRICE, "sweep.lr has it for what it gave"));
    }

    @Test
    void norForOneThatIsOnlyKeptForBackgroundWork() {
        Claim chat = claim(CHAT, Nature.SERVICE, 1, 2, 0, "9", 1);
        Claim sweep = claim(SWEEP, Nature.BACKGROUND, 0, 0, 1, "9", 1);

        assertThat(divided(pool(9, 2), chat, sweep).movements())
                .filteredOn(Rented.class::isInstance)
                .containsExactly(new Rented(SWEEP, 20, PRICE, "sweep.lr has it for what it gave"));
    }

    @Test
    void aServiceHasAMachineRentedThatIsThereBeforeBackgroundWorkHasGivenWay() {
        Claim chat = claim(CHAT, Nature.SERVICE, 1, 2, 0, "9", 1);
        Claim sweep = claim(SWEEP, Nature.BACKGROUND, 0, 2, 0, "9", 2);

        assertThat(divided(new Pool(9, Optional.empty(), PRICE, GRACE, 3), chat, sweep)
                        .movements())
                .containsExactly(new Rented(CHAT, 20, PRICE, "service.chat wants it to serve; nothing is idle"));
    }

    @Test
    void backgroundWorkHasWhatAServiceKeepsForAWhileAndThatIsNotRentedAgain() {
        Division division = divided(
                pool(9, 4),
                claim(CHAT, Nature.SERVICE, 1, 2, 2, "9", 4),
                claim(SWEEP, Nature.BACKGROUND, 0, 5, 0, "1", 0));

        assertThat(division.of(SWEEP)).isEqualTo(40);
        assertThat(division.of(CHAT)).isEqualTo(40);
        assertThat(division.machines()).isEqualTo(4);
        assertThat(division.movements())
                .containsExactly(new Passed(
                        CHAT,
                        SWEEP,
                        40,
                        Duration.ZERO,
                        PRICE.times(2),
                        "sweep.lr has work in the background for it; service.chat wants it no more"));
    }

    @Test
    void whatIsKeptStaysWithItsOwnerWhileNobodyElseWantsIt() {
        Division division = divided(pool(9, 4), claim(CHAT, Nature.SERVICE, 1, 2, 2, "9", 4));

        assertThat(division.movements()).isEmpty();
        assertThat(division.of(CHAT)).isEqualTo(80);
    }

    @Test
    void aMachineIsRentedForBackgroundWorkThatIsWorthIt() {
        Division division = divided(pool(9, 0), claim(SWEEP, Nature.BACKGROUND, 0, 2, 0, "1.5", 0));

        assertThat(division.movements())
                .containsExactly(new Rented(
                        SWEEP, 40, PRICE.times(2), "sweep.lr has work in the background for it; nothing is idle"));
    }

    @Test
    void noMachineIsRentedForBackgroundWorkThatIsWorthLessThanItCosts() {
        Division division = divided(pool(9, 1), claim(SWEEP, Nature.BACKGROUND, 0, 2, 0, "1.49", 1));

        assertThat(division.machines()).isZero();
        assertThat(division.movements())
                .containsExactly(
                        new Left(SWEEP, 20, GRACE, PRICE, "sweep.lr finds no room any more: max_machines = 9"),
                        new GivenBack(20, PRICE, "nobody wants it for its price"));
    }

    @Test
    void aDeadlineAtRiskGoesBeforeWhatServesBeyondItsFloorAndAfterFloors() {
        Claim chat = claim(CHAT, Nature.SERVICE, 1, 3, 0, "9", 3);
        Claim late = claim(SWEEP, Nature.LATE, 0, 2, 0, "1", 0);

        assertThat(divided(pool(3, 3), chat, late).shares())
                .containsEntry(CHAT, 20)
                .containsEntry(SWEEP, 40);
        assertThat(divided(pool(1, 3), chat, late).shares())
                .containsEntry(CHAT, 20)
                .containsEntry(SWEEP, 0);
    }

    @Test
    void whatIsProtectedGoesBeforeAFloorThatIsWorthMore() {
        Division division = divided(
                pool(1, 1),
                claim("service.a", Nature.SERVICE, 1, 1, 0, "99", 1),
                claim("service.b", Nature.PROTECTED, 1, 1, 0, "2", 0));

        assertThat(division.of("service.b")).isEqualTo(20);
        assertThat(division.of("service.a")).isZero();
    }

    @Test
    void aFloorOfBackgroundWorkComesAfterThatOfAService() {
        Division division = divided(
                pool(1, 1),
                claim(CHAT, Nature.SERVICE, 1, 1, 0, "1", 0),
                claim(SWEEP, Nature.BACKGROUND, 1, 1, 0, "99", 1));

        assertThat(division.of(CHAT)).isEqualTo(20);
    }

    @Test
    void whoIsWorthMoreGoesFirst() {
        Division division = divided(
                pool(2, 0),
                claim("service.a", Nature.SERVICE, 0, 2, 0, "2", 0),
                claim("service.b", Nature.SERVICE, 0, 1, 0, "3", 0));

        assertThat(division.shares()).containsEntry("service.a", 20).containsEntry("service.b", 20);
    }

    @Test
    void aMachineIsNotTakenFromOneToGiveItToAnEqual() {
        Division division = divided(
                pool(2, 2),
                claim("service.a", Nature.SERVICE, 0, 2, 0, "2", 0),
                claim("service.b", Nature.SERVICE, 0, 2, 0, "2", 2));

        assertThat(division.movements()).isEmpty();
    }

    @Test
    void theLimitOfPriceHoldsAsWellAsThatOfMachines() {
        Division division = PoolArbiter.divide(
                new Pool(9, Optional.of(HourlyPrice.ofUsd("4")), PRICE, RENTING, 3),
                List.of(claim(CHAT, Nature.SERVICE, 1, 3, 0, "9", 3)));

        assertThat(division.machines()).isEqualTo(2);
        assertThat(division.movements())
                .containsExactly(
                        new Left(
                                CHAT,
                                20,
                                Duration.ZERO,
                                PRICE,
                                "service.chat finds no room any more: max_usd_per_hour = 4"),
                        new GivenBack(20, PRICE, "max_usd_per_hour = 4"));
    }

    @Test
    void backgroundWorkInSharesHasWhatIsLeftOfAMachine() {
        var streams = new Claim("streams", Nature.SERVICE, 1, 25, 25, 0, PRICE, Duration.ZERO, 25);
        var quarters = new Claim(SWEEP, Nature.BACKGROUND, 5, 0, 100, 0, HourlyPrice.ZERO, GRACE, 0);

        Division division = divided(pool(9, 2), streams, quarters);

        assertThat(division.of(SWEEP)).isEqualTo(15);
        assertThat(division.idle()).isZero();
        assertThat(division.movements())
                .containsExactly(new PutToUse(
                        SWEEP, 15, HourlyPrice.ofUsd("1.125"), "sweep.lr has work in the background for it"));
    }

    @Test
    void amountsThatAreNoWholeUnitsAreRefused() {
        assertThatThrownBy(() -> new Claim(CHAT, Nature.SERVICE, 20, 0, 30, 0, PRICE, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("wanted 30");
        assertThatThrownBy(() -> new Claim(CHAT, Nature.SERVICE, 7, 0, 7, 0, PRICE, Duration.ZERO, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void moreThanIsRentedCannotBeHeldAndNamesAreUnique() {
        Claim chat = claim(CHAT, Nature.SERVICE, 1, 1, 0, "9", 2);

        assertThatThrownBy(() -> divided(pool(9, 1), chat)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> divided(pool(9, 9), chat, chat)).isInstanceOf(IllegalArgumentException.class);
    }
}
