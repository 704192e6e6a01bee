package dev.skyhedge.providers.cloud.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.ProviderEvent;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SeenChangesTest {
    private static final Instance LIVE = Rentals.spot("a", "lineage", InstanceState.RUNNING);
    private static final Instance ENDED = new Instance(
            LIVE.id(),
            LIVE.offer(),
            LIVE.tags(),
            InstanceState.ENDED,
            Optional.empty(),
            LIVE.launchedAt(),
            Optional.of(new Instance.End(Rentals.START, EndCause.PREEMPTED, "")));

    private final SeenChanges changes = new SeenChanges();

    private boolean isNewsIn(Observation seen, Instance instance) {
        boolean news = changes.isNews(instance);
        changes.told(seen);
        return news;
    }

    private static Observation showing(Instance... instances) {
        return new Observation(List.of(instances), List.of(), Rentals.START);
    }

    @Test
    void tellsOfALiveInstanceOnce() {
        assertThat(isNewsIn(showing(LIVE), LIVE)).isTrue();
        assertThat(isNewsIn(showing(LIVE), LIVE)).isFalse();
    }

    @Test
    void tellsNothingOfWhatHadEndedBeforeTheFirstLook() {
        assertThat(isNewsIn(showing(), ENDED)).isFalse();
    }

    @Test
    void tellsOfAnEnd() {
        isNewsIn(showing(LIVE), LIVE);

        assertThat(isNewsIn(showing(ENDED), ENDED)).isTrue();
    }

    @Test
    void forgetsWhatHasEndedOnceItIsNotShownAnyMore() {
        isNewsIn(showing(LIVE), LIVE);
        isNewsIn(showing(ENDED), ENDED);
        assertThat(changes.before(LIVE.id())).isPresent();

        changes.told(showing());

        assertThat(changes.before(LIVE.id())).isEmpty();
    }

    @Test
    void tellsOfAGapOnceUntilItIsAnotherOne() {
        assertThat(changes.failed("no answer")).containsInstanceOf(ProviderEvent.Gap.class);
        assertThat(changes.failed("no answer")).isEmpty();
        assertThat(changes.gap(showing())).isEmpty();
        assertThat(changes.failed("no answer")).isPresent();
    }
}
