package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

        assertThat(seen.room().time()).isEqualTo(Duration.ofMinutes(180));
        assertThat(seen.room().ends()).isEqualTo(1);
        assertThat(seen.last()).contains(new Glimpse(true, at(300), at(360)));
    }

    @Test
    void roomIsBackWhenALaunchSoonAfterARefusalIsAccepted() {
        diary.stayed(at(0), at(60), true);
        diary.refused(at(65));
        diary.refused(at(75));
        diary.stayed(at(80), at(200), false);

        PoolExperience seen = diary.experience();

        assertThat(seen.shut().time()).isEqualTo(Duration.ofMinutes(20));
        assertThat(seen.shut().ends()).isEqualTo(1);
    }

    @Test
    void whenNobodyAskedTheEndOfTheShortageIsUnknown() {
        diary.refused(at(0));
        diary.refused(at(10));
        diary.stayed(at(500), at(600), false);

        PoolExperience seen = diary.experience();

        assertThat(seen.shut().time()).isEqualTo(Duration.ofMinutes(10));
        assertThat(seen.shut().ends()).isZero();
    }

    @Test
    void whatWasRefusedSinceALossIsShutSinceThen() {
        diary.stayed(at(0), at(60), true);
        diary.refused(at(70));

        assertThat(diary.experience().last()).contains(new Glimpse(false, at(60), at(70)));
    }

    @Test
    void anUnknownPoolIsAUsualOneACalmOneSlowerAndARestlessOneFaster() {
        PoolSpells unknown = PoolSpells.of(PoolExperience.NONE);
        diary.stayed(at(0), at(96 * 60), false);
        PoolSpells calm = PoolSpells.of(diary.experience());
        var restless = new PoolDiary();
        for (int i = 0; i < 40; i++) {
            restless.stayed(at(30 * i), at(30 * i + 15), true);
        }

        assertThat(unknown.losingPace()).isEqualTo(1);
        assertThat(calm.losingPace()).isLessThan(0.5);
        assertThat(PoolSpells.of(restless.experience()).losingPace()).isGreaterThan(1.3);
    }

    @Test
    void aPoolThatFollowsTheLawIsSeenToBeAUsualOne() {
        var random = new SplittableRandom(2);
        PoolSpells usual = PoolSpells.of(PoolExperience.NONE);
        Instant from = T0;
        for (int i = 0; i < 500; i++) {
            Instant until = from.plus(usual.rest(true, Duration.ZERO, random));
            diary.stayed(from, until, true);
            from = until.plus(Duration.ofMinutes(5));
        }

        assertThat(PoolSpells.of(diary.experience()).losingPace()).isCloseTo(1, within(0.1));
    }

    @Test
    void aPartialLossEndsASpellAndBeginsAnother() {
        diary.stayed(at(0), at(300), false);
        diary.stayed(at(60), at(120), true);

        SeenSpells room = diary.experience().room();

        assertThat(room.lengths()).containsExactly(Duration.ofMinutes(120), Duration.ofMinutes(180));
        assertThat(room.ends()).isEqualTo(1);
    }

    @Test
    void whatHasLastedLastsNearlyAsLongAgain() {
        var random = new SplittableRandom(1);
        PoolSpells usual = PoolSpells.of(PoolExperience.NONE);

        double[] rests = IntStream.range(0, 2_001)
                .mapToDouble(_ -> usual.rest(true, Duration.ofHours(10), random).toMinutes() / 60.0)
                .sorted()
                .toArray();

        assertThat(rests[1_000]).isCloseTo(9, within(1.2));
    }

    private static Instant at(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }
}
