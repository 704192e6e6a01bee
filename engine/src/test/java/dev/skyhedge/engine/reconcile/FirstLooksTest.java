package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FirstLooksTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final long BEGUN = Long.MAX_VALUE - 1;
    private static final long SOON = BEGUN + Duration.ofSeconds(1).toNanos();
    private static final long LATE = BEGUN + FirstLooks.PATIENCE.toNanos();

    private final FirstLooks looks = new FirstLooks(List.of("near", "far"), BEGUN);

    private void observed(String cloud) {
        looks.note(new Message.Observed(cloud, new Observation(List.of(), List.of(), AT)));
    }

    private void answered(String cloud) {
        observed(cloud);
        looks.note(new Message.OffersRead(cloud, new OfferList(List.of(), AT, List.of())));
        looks.note(new Message.QuotasRead(cloud, List.of(), AT));
    }

    private void silent(String cloud) {
        looks.note(new Message.ProviderSilent(cloud, new Failure.OutcomeUnknown("no answer"), true));
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

        observed("near");

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
        silent("near");

        assertThat(looks.suffice(LATE)).isFalse();
        assertThat(looks.mayBegin(LATE)).isTrue();

        silent("far");

        assertThat(looks.suffice(LATE)).isTrue();
    }
}
