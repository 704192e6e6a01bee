package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PoolDiaryTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private final PoolDiary diary = new PoolDiary();

    @Test
    void staysThatOverlapCountOnceAndLossesTogetherAreOne() {
        diary.stayed(at(0), at(120), true);
        diary.stayed(at(60), at(120), true);
        diary.stayed(at(300), at(360), false);

        PoolExperience seen = diary.experience();

        assertThat(seen.held()).isEqualTo(Duration.ofMinutes(180));
        assertThat(seen.losses()).isEqualTo(1);
        assertThat(seen.last()).contains(new Glimpse(true, at(300)));
    }

    @Test
    void roomIsBackWhenALaunchSoonAfterARefusalIsAccepted() {
        diary.stayed(at(0), at(60), true);
        diary.refused(at(65));
        diary.refused(at(75));
        diary.stayed(at(80), at(200), false);

        PoolExperience seen = diary.experience();

        assertThat(seen.shut()).isEqualTo(Duration.ofMinutes(20));
        assertThat(seen.returns()).isEqualTo(1);
    }

    @Test
    void whenNobodyAskedTheEndOfTheShortageIsUnknown() {
        diary.refused(at(0));
        diary.refused(at(10));
        diary.stayed(at(500), at(600), false);

        PoolExperience seen = diary.experience();

        assertThat(seen.shut()).isEqualTo(Duration.ofMinutes(10));
        assertThat(seen.returns()).isZero();
    }

    @Test
    void anUnknownPoolIsAUsualOneAndACalmOneIsBetter() {
        PoolRates unknown = PoolRates.of(PoolExperience.NONE, T0);
        diary.stayed(at(0), at(96 * 60), false);
        PoolRates calm = PoolRates.of(diary.experience(), at(96 * 60));

        assertThat(unknown.lossesPerHour()).isCloseTo(0.25, within(1e-9));
        assertThat(unknown.roomNow()).isCloseTo(4 / 5.5, within(1e-9));
        assertThat(calm.lossesPerHour()).isCloseTo(0.01, within(1e-9));
    }

    @Test
    void aPoolThatJustRefusedIsProbablyStillShutAndAfterDaysAsUsual() {
        diary.refused(at(0));
        PoolExperience seen = diary.experience();

        assertThat(PoolRates.of(seen, at(5)).roomNow()).isLessThan(0.1);
        assertThat(PoolRates.of(seen, at(3 * 24 * 60)).roomNow()).isCloseTo(4 / 5.5, within(0.01));
    }

    private static Instant at(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }
}
