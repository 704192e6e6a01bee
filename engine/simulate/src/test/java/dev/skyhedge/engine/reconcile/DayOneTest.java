package dev.skyhedge.engine.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Three clouds as somebody has them who has just opened the accounts: the cheapest one denies everything, the next one
/// has a zone without a subnet, the third one a quota of 0.
class DayOneTest {
    private static final int WANTED = 4;

    /// The wanted replicas, a stand-in for each, and a spare.
    private static final int ONE_ROUND = 2 * WANTED + 1;

    private static final Declared CHAT = Declared.service("chat")
            .in("aws", "gcp", "azure")
            .wants(WANTED)
            .with(new PlacementSpec.Skyhedge(OptionalInt.empty(), 0.999, true, 0));

    private final SeveralClouds clouds = new SeveralClouds()
            .with("aws", 20, "us-east-1/us-east-1a", "us-east-1/us-east-1b", "us-west-2/us-west-2a")
            .with("azure", 25, "eastus/1", "eastus/2", "westus3/1")
            .with("gcp", 30, "us-central1/us-central1-a", "us-central1/us-central1-b", "us-east4/us-east4-a");

    @BeforeEach
    void asOnDayOne() {
        var azure = new Scope(LocationPattern.parse("azure"), Optional.empty(), Optional.empty());
        clouds.refuses("aws/*/*", new Failure.Denied("UnauthorizedOperation: you are not permitted"))
                .refuses("azure/*/*", new Failure.Quota(azure, "Current Limit: 0"))
                .refuses(
                        "gcp/us-central1/us-central1-a",
                        new Failure.InvalidRequest("there is no subnet in us-central1-a"));
    }

    @Test
    void isAtItsWantedNumberElsewhereWithinAMinute() {
        List<ReplicaRecord> ready = clouds.run(Declared.all(CHAT), Duration.ofMinutes(1));

        assertThat(ready)
                .hasSizeGreaterThanOrEqualTo(WANTED)
                .allMatch(replica -> replica.offer().location().cloud().equals("gcp"))
                .noneMatch(replica -> replica.offer().location().zone().equals("us-central1-a"));
    }

    @Test
    void asksNoClosedPlaceAgainOnceItHasAnswered() {
        clouds.run(Declared.all(CHAT), Duration.ofMinutes(1));

        for (String closed : List.of("aws/*/*", "azure/*/*", "gcp/us-central1/us-central1-a")) {
            assertThat(clouds.asked(closed))
                    .hasSizeBetween(1, ONE_ROUND)
                    .extracting(SeveralClouds.Asked::at)
                    .containsOnly(clouds.asked(closed).getFirst().at());
        }
    }

    @Test
    void saysWhyEachPlaceIsClosed() {
        clouds.run(Declared.all(CHAT), Duration.ofMinutes(1));

        assertThat(clouds.notes())
                .anyMatch(note -> note.contains("aws/*/*") && note.contains("you are not permitted"))
                .anyMatch(note -> note.contains("gcp/us-central1/us-central1-a") && note.contains("no subnet"))
                .anyMatch(note -> note.contains("azure/*/*") && note.contains("Current Limit: 0"));
    }
}
