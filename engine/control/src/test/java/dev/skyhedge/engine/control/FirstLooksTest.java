package dev.skyhedge.engine.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLooksTest {
    private static final long BEGUN = Long.MAX_VALUE - 1;
    private static final long SOON = BEGUN + Duration.ofSeconds(1).toNanos();
    private static final long LATE = BEGUN + FirstLooks.PATIENCE.toNanos();

    private final FirstLooks looks = new FirstLooks(List.of("near", "far"), BEGUN);

    private void answered(String cloud) {
        looks.observed(cloud);
        looks.offered(cloud);
        looks.allowed(cloud);
    }

    @Test
    void plansAreMadeAsSoonAsAllHaveAnswered() {
        answered("near");
        assertThat(looks.suffice(SOON)).isFalse();

        answered("far");

        assertThat(looks.suffice(SOON)).isTrue();
        assertThat(looks.areComplete()).isTrue();
    }

    @Test
    void whatIsKnownIsActedInAsSoonAsOneHasSaidWhatIsThere() {
        assertThat(looks.mayBegin(SOON)).isFalse();

        looks.observed("near");

        assertThat(looks.mayBegin(SOON)).isTrue();
        assertThat(looks.suffice(SOON)).isFalse();
    }

    @Test
    void oneThatDoesNotAnswerHoldsUpTheOthersOnlyForSoLong() {
        answered("near");

        assertThat(looks.suffice(LATE - 1)).isFalse();
        assertThat(looks.suffice(LATE)).isTrue();
        assertThat(looks.areComplete()).isFalse();
        assertThat(looks.left(LATE)).isZero();
    }

    @Test
    void aWorldOfWhichNobodyHasSaidAnythingIsNotPlannedFor() {
        looks.silent("near");

        assertThat(looks.suffice(LATE)).isFalse();
        assertThat(looks.mayBegin(LATE)).isTrue();

        looks.silent("far");

        assertThat(looks.suffice(LATE)).isTrue();
    }
}
