package dev.skyhedge.engine.simulate.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Looked;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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

        assertThat(seen.shut().spells())
                .containsExactly(new Looked(
                        List.of(Duration.ZERO, Duration.ofMinutes(5), Duration.ofMinutes(15)),
                        Optional.of(Duration.ofMinutes(20))));
    }

    @Test
    void whoCameAfterALossWasNotLostByIt() {
        diary.stayed(T0, T0.plusSeconds(40), true);
        diary.stayed(T0.plusSeconds(20), T0.plusSeconds(50), true);
        diary.stayed(T0.plusSeconds(60), T0.plusSeconds(70), true);

        assertThat(diary.experience().room().spells())
                .containsExactly(new Watched(Duration.ofSeconds(40), true), new Watched(Duration.ofSeconds(20), true));
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
    void aPartialLossEndsASpellAndBeginsAnother() {
        diary.stayed(at(0), at(300), false);
        diary.stayed(at(60), at(120), true);

        SeenSpells room = diary.experience().room();

        assertThat(room.spells())
                .containsExactly(
                        new Watched(Duration.ofMinutes(120), true), new Watched(Duration.ofMinutes(180), false));
    }

    private static Instant at(int minute) {
        return T0.plus(Duration.ofMinutes(minute));
    }
}
