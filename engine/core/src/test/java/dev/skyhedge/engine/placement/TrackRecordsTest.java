package dev.skyhedge.engine.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.Memory;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TrackRecordsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Offer SPOT = new Offer(
            "g6",
            Accelerator.parse("L4:1"),
            new Location("aws", "east", "east-a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.30"));

    private Optional<ZoneHealth> zone = Optional.empty();

    private void launched(int others, Instant at) {
        ZoneLearning.launched(zone, SPOT, others, at).ifPresent(this::put);
    }

    private void preempted(int others, Instant at) {
        put(ZoneLearning.preempted(zone, SPOT, others, at, "taken back"));
    }

    private void failed(int others, Instant at, Failure failure) {
        ZoneLearning.failed(zone, SPOT, others, at, failure).ifPresent(this::put);
    }

    private void put(ZoneHealth after) {
        zone = Optional.of(after);
    }

    private TrackRecord known() {
        return zone.map(ZoneHealth::history).orElse(TrackRecord.NONE);
    }

    @Test
    void isCalmFromTheFirstLaunchOn() {
        launched(0, START);
        launched(1, START.plus(HOUR));

        assertThat(TrackRecords.calm(known(), START.plus(HOUR))).isEqualTo(HOUR);
    }

    @Test
    void beginsAnewAfterALoss() {
        launched(0, START);
        preempted(1, START.plus(HOUR));

        assertThat(TrackRecords.calm(known(), START.plus(HOUR))).isZero();
        assertThat(known().leftSurvivors()).isTrue();
        assertThat(known().partialLosses()).isEqualTo(1);
    }

    @Test
    void countsLossesWithinSecondsAsOneOfAll() {
        launched(0, START);
        preempted(2, START.plus(HOUR));
        preempted(1, START.plus(HOUR).plusSeconds(5));
        preempted(0, START.plus(HOUR).plusSeconds(9));

        assertThat(known().wholeLosses()).isEqualTo(1);
        assertThat(known().partialLosses()).isZero();
        assertThat(known().heldSince()).isEmpty();
    }

    @Test
    void creditsHalfOfTheCalmThatWeLeft() {
        launched(0, START);
        ZoneLearning.left(zone, SPOT, 0, START.plus(HOUR)).ifPresent(this::put);
        launched(0, START.plus(HOUR.multipliedBy(5)));

        assertThat(TrackRecords.calm(known(), START.plus(HOUR.multipliedBy(5)))).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void learnsNothingOfTheZoneFromOtherFailures() {
        launched(0, START);
        TrackRecord before = known();

        for (Failure failure : List.of(
                new Failure.Quota(Scope.of(SPOT), "quota"),
                new Failure.InvalidRequest("typo"),
                new Failure.Denied("no right"),
                new Failure.Throttled(Duration.ofSeconds(1), "slow down"))) {
            failed(0, START.plus(HOUR), failure);
        }

        assertThat(known()).isEqualTo(before);
        assertThat(zone).map(ZoneHealth::status).contains(ZoneHealth.Status.ACTIVE);
    }

    @Test
    void aRefusalBesideOursIsNoTrouble() {
        launched(0, START);
        failed(1, START.plus(HOUR), new Failure.NoCapacity(Scope.of(SPOT), "full"));

        assertThat(TrackRecords.calm(known(), START.plus(HOUR))).isEqualTo(HOUR);
    }

    @Test
    void remembersLossesAndHeldHoursWithAHalfLifeOfTwoDays() {
        launched(0, START);
        preempted(0, START.plus(HOUR));
        Instant later = START.plus(HOUR).plus(Duration.ofDays(2));

        Memory memory = ZoneMemory.at(known(), later);

        assertThat(ZoneMemory.losses(memory)).isCloseTo(0.5, within(1e-6));
        assertThat(ZoneMemory.heldHours(memory)).isCloseTo(0.5, within(0.01));
    }

    @Test
    void countsWhatIsHeldUpToNow() {
        launched(0, START);
        launched(1, START.plus(HOUR));

        Memory memory = ZoneMemory.at(known(), START.plus(HOUR.multipliedBy(2)));

        assertThat(ZoneMemory.heldHours(memory)).isCloseTo(2, within(0.05));
        assertThat(ZoneMemory.rentedHours(memory)).isCloseTo(3, within(0.05));
        assertThat(ZoneMemory.starts(memory)).isCloseTo(2, within(0.05));
    }

    @Test
    void rentsNothingFurtherOnceWeLeft() {
        launched(0, START);
        launched(1, START);
        ZoneLearning.left(zone, SPOT, 1, START.plus(HOUR)).ifPresent(this::put);
        ZoneLearning.left(zone, SPOT, 0, START.plus(HOUR.multipliedBy(2))).ifPresent(this::put);

        Memory memory = ZoneMemory.at(known(), START.plus(HOUR.multipliedBy(9)));

        assertThat(ZoneMemory.rentedHours(memory)).isCloseTo(3, within(0.4));
    }

    @Test
    void fearsAZoneThatTakesBackEveryHourMoreThanOneThatDidOnce() {
        launched(0, START);
        preempted(0, START.plus(HOUR));
        launched(0, START.plus(HOUR));
        double once = lossesPerHour(START.plus(HOUR.multipliedBy(2)));

        for (int hour = 2; hour < 8; hour++) {
            preempted(0, START.plus(HOUR.multipliedBy(hour)));
            launched(0, START.plus(HOUR.multipliedBy(hour)));
        }

        assertThat(lossesPerHour(START.plus(HOUR.multipliedBy(8)))).isGreaterThan(1.2 * once);
    }

    @Test
    void fearsABurstInAZoneWithAGoodPast() {
        launched(0, START);
        Instant later = START.plus(Duration.ofDays(2));
        preempted(2, later);

        assertThat(lossesPerHour(later)).isGreaterThan(10);
    }

    private double lossesPerHour(Instant now) {
        return new LossRisk(List.of(), now).lossesPerHour(known());
    }
}
