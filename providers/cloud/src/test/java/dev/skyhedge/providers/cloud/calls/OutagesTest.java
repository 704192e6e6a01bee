package dev.skyhedge.providers.cloud.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.settings.CloudEndpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static final ApiGroup LIST = new ApiGroup("acme", "", "list");
    private static final ApiGroup READ = new ApiGroup("acme", "", "read");
    private static final ApiGroup ELSEWHERE = new ApiGroup("acme", "west", "list");
    private static final Duration LONG = Duration.ofHours(1);

    private final VirtualTime time = new VirtualTime();
    private final Outages outages =
            new Outages(new CloudEndpoint(Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty()), time);
    private final CallRepeater repeater = new CallRepeater(
            new CallPacing(group -> new CallRate(1000, 1000), time, time),
            time,
            time,
            new SplittableRandom(1),
            outages);

    private Optional<Exception> trouble = Optional.of(new UncheckedIOException(new ConnectException("refused")));
    private int calls;

    @Test
    void threeTriesWithinSecondsAreEnoughAndSayWhatToDo() {
        Outcome<String> outcome = call(LIST);

        assertThat(calls).isEqualTo(3);
        assertThat(time.instant()).isBefore(Instant.EPOCH.plusSeconds(4));
        assertThat(outcome)
                .isEqualTo(Outcome.failed(new Failure.OutcomeUnknown(
                        "No connection to http://127.0.0.1:1 (ConnectException: refused), tried 3 times. Start what"
                                + " should listen there, or correct the endpoint.")));
    }

    @Test
    void otherCallsThereFailWithoutATry() {
        call(LIST);

        for (int i = 0; i < 40; i++) {
            assertThat(call(READ)).isInstanceOf(Outcome.Failed.class);
        }

        assertThat(calls).isEqualTo(3);
    }

    @Test
    void anotherRegionIsTriedForItself() {
        call(LIST);

        call(ELSEWHERE);

        assertThat(calls).isEqualTo(6);
    }

    @Test
    void oneCallLooksAgainAfterAWhile() {
        call(LIST);
        time.pass(Outages.BELIEVED);

        call(READ);
        call(READ);

        assertThat(calls).isEqualTo(4);
    }

    @Test
    void outageIsOverWithTheFirstAnswer() {
        call(LIST);
        time.pass(Outages.BELIEVED);
        trouble = Optional.empty();

        assertThat(call(READ)).isEqualTo(Outcome.done("ok"));
        assertThat(call(LIST)).isEqualTo(Outcome.done("ok"));
    }

    @Test
    void connectionThatBreaksIsNoOutage() {
        trouble = Optional.of(new IOException("reset"));

        call(LIST);

        assertThat(calls).isEqualTo(5);
    }

    private Outcome<String> call(ApiGroup group) {
        return repeater.call(group, LONG, () -> {
            calls++;
            if (trouble.isEmpty()) {
                outages.answered(group);
                return Outcome.done("ok");
            }
            outages.unanswered(group, trouble.get());
            return Outcome.failed(new Failure.OutcomeUnknown("no answer"));
        });
    }
}
