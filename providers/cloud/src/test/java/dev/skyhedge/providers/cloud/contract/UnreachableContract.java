package dev.skyhedge.providers.cloud.contract;

import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.fake.FakeClock;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A client whose endpoint nobody listens at.
public abstract class UnreachableContract {
    /// A port that only the superuser may listen at, and no service does.
    private static final URI NOBODY = URI.create("http://127.0.0.1:1");

    /// A call waits three seconds at most. Eight are made side by side, and where each moves the clock their waits
    /// may add up.
    private static final Duration LONGEST = Duration.ofSeconds(8 * 3);

    private final FakeClock clock = new FakeClock(CloudHarness.START);

    /// A client of that endpoint with all the regions that it has.
    ///
    /// @param pause how it waits
    protected abstract Provider open(URI endpoint, InstantSource clock, Pause pause);

    @Test
    void offersFailWithinSecondsWithTheRemedy() {
        assertTold(provider -> provider.offers(new OfferQuery(List.of(LocationPattern.parse("*")), List.of())));
    }

    @Test
    void observationFailsWithinSecondsWithTheRemedy() {
        assertTold(provider -> provider.observe("lineage-a"));
    }

    /// A question to a provider.
    private interface Question {
        Outcome<?> ask(Provider provider);
    }

    private void assertTold(Question question) {
        Pause together = time -> {
            Instant until = clock.instant().plus(time);
            Thread.yield();
            clock.reach(until);
        };
        Provider provider = open(NOBODY, clock, together);
        try (provider) {
            String told = failure(question.ask(provider)).message();

            assertThat(told).contains("No connection to " + NOBODY, "correct the endpoint");
            assertThat(clock.instant()).isBefore(CloudHarness.START.plus(LONGEST));
        }
    }
}
