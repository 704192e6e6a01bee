package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Unreachable;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant LATER = START.plus(Silence.PATIENCE);
    private static final Location EAST = new Location("near", "east", "east-a");
    private static final Location WEST = new Location("near", "west", "west-a");

    private final Silence silence = new Silence();

    private static Observation allBut(Instant at, String... places) {
        return new Observation(
                List.of(),
                Stream.of(places)
                        .map(LocationPattern::parse)
                        .map(place -> new Unreachable(place, new Failure.OutcomeUnknown("HTTP 500")))
                        .toList(),
                at);
    }

    private List<String> givenUp(Instant now) {
        return silence.givenUp(now).stream()
                .map(LocationPattern::toString)
                .sorted()
                .toList();
    }

    @Test
    void aProviderIsGivenUpAfterSomePatienceUntilItIsSeen() {
        silence.unseen("near", START);

        assertThat(givenUp(LATER.minusMillis(1))).isEmpty();
        assertThat(givenUp(LATER)).containsExactly("near/*/*");
        silence.seen("near", allBut(LATER));
        assertThat(givenUp(LATER)).isEmpty();
    }

    @Test
    void aRegionIsGivenUpWhileTheOthersAreSeen() {
        silence.seen("near", allBut(START, "near/east"));
        silence.seen("near", allBut(LATER, "near/east"));

        assertThat(givenUp(LATER)).containsExactly("near/east/*");
    }

    @Test
    void whatOneProviderShowsSaysNothingAboutAnother() {
        silence.unseen("near", START);
        silence.seen("far", allBut(LATER));

        assertThat(givenUp(LATER)).containsExactly("near/*/*");
    }

    @Test
    void aRegionIsGivenUpWhereLaunchesHaveNoOutcomeThoughItIsSeen() {
        silence.launchUnanswered(EAST, START);
        silence.seen("near", allBut(LATER));

        assertThat(givenUp(LATER)).containsExactly("near/east/*");
        silence.launchAnswered(EAST);
        assertThat(givenUp(LATER)).isEmpty();
    }

    @Test
    void aCloudIsGivenUpWhoseLaunchesHaveNoOutcomeInTwoRegions() {
        silence.launchUnanswered(EAST, START);
        silence.launchUnanswered(WEST, START);

        assertThat(givenUp(LATER)).contains("near/*/*");
    }

    @Test
    void launchesMayBeTriedAgainWhenNobodyHasForAWhile() {
        silence.launchUnanswered(EAST, START);
        silence.launchUnanswered(EAST, LATER);

        assertThat(givenUp(START.plus(Silence.AVOIDANCE))).containsExactly("near/east/*");
        assertThat(givenUp(LATER.plus(Silence.AVOIDANCE))).isEmpty();
    }
}
