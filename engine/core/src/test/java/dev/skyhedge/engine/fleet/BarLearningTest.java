package dev.skyhedge.engine.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.plan.Barred;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarLearningTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Failure NO_IMAGE =
            new Failure.InvalidRequest("no such image (HTTP 400, request 1)", "no such image");
    private static final Failure NO_IMAGE_EITHER =
            new Failure.InvalidRequest("no such image (HTTP 400, request 2)", "no such image");

    private static ReplicaRecord asked(String type, String location, Market market) {
        return asked("chat", "v1", type, location, market, NOW.minusSeconds(1));
    }

    private static ReplicaRecord asked(
            String service, String version, String type, String location, Market market, Instant at) {
        var offer =
                new Offer(type, Accelerator.parse("L4:1"), Location.parse(location), market, HourlyPrice.ofUsd("0.5"));
        return ReplicaRecord.decided(
                new ReplicaKey(service, service + "-1", 1),
                version,
                offer,
                new IdempotencyToken("t"),
                new Machine.Rental(at, "target", ""),
                0);
    }

    private static List<Barred> after(List<Barred> before, ReplicaRecord replica, Failure failure) {
        return BarLearning.refused(before, replica, failure, NOW);
    }

    private static String scope(List<Barred> barred) {
        assertThat(barred).hasSize(1);
        return barred.getFirst().scope().toString();
    }

    @Test
    void anInvalidRequestClosesItsOffer() {
        assertThat(scope(after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE)))
                .isEqualTo("aws/east/a spot small");
    }

    @Test
    void theSameFaultInAnotherZoneClosesTheRegionForThatTypeAndMarket() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE);

        assertThat(scope(after(first, asked("small", "aws/east/b", Market.SPOT), NO_IMAGE_EITHER)))
                .isEqualTo("aws/east/* spot small");
    }

    @Test
    void theSameFaultOfAnotherTypeInTheZoneClosesTheZone() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE);
        var second = after(first, asked("small", "aws/east/a", Market.ON_DEMAND), NO_IMAGE);

        assertThat(scope(after(second, asked("large", "aws/east/a", Market.SPOT), NO_IMAGE)))
                .isEqualTo("aws/east/a");
    }

    @Test
    void anotherFaultInAnotherZoneClosesOnlyThatOffer() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE);

        assertThat(after(
                        first, asked("small", "aws/east/b", Market.SPOT), new Failure.InvalidRequest("no subnet in b")))
                .extracting(bar -> bar.scope().toString())
                .containsExactly("aws/east/a spot small", "aws/east/b spot small");
    }

    @Test
    void noFaultIsThatOfAnotherCloud() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE);

        assertThat(after(first, asked("small", "gcp/east/a", Market.SPOT), NO_IMAGE))
                .hasSize(2);
    }

    @Test
    void anInvalidRequestSaysNothingOfAnotherVersion() {
        Barred bar = after(List.of(), asked("small", "aws/east/a", Market.SPOT), NO_IMAGE)
                .getFirst();
        Offer offer = asked("small", "aws/east/a", Market.SPOT).offer();

        assertThat(bar.covers(offer, new Barred.Edit("chat", "v1"))).isTrue();
        assertThat(bar.covers(offer, new Barred.Edit("chat", "v2"))).isFalse();
        assertThat(bar.covers(offer, new Barred.Edit("embed", "v1"))).isFalse();
    }

    @Test
    void aDenialClosesTheRegionForEverybodyAndASecondOneTheAccount() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), new Failure.Denied("encoded 1"));
        assertThat(scope(first)).isEqualTo("aws/east/*");
        assertThat(first.getFirst().edit()).isEmpty();

        assertThat(scope(after(first, asked("large", "aws/west/a", Market.SPOT), new Failure.Denied("encoded 2"))))
                .isEqualTo("aws/*/*");
    }

    @Test
    void refusalsThatWereUnderWayTogetherCountOnce() {
        var first = after(List.of(), asked("small", "aws/east/a", Market.SPOT), new Failure.Conflict("used"));
        var second = after(first, asked("small", "aws/east/a", Market.SPOT), new Failure.Conflict("used"));
        assertThat(second.getFirst().failures()).isOne();

        ReplicaRecord later = asked("chat", "v1", "small", "aws/east/a", Market.SPOT, NOW.plusSeconds(2));
        assertThat(after(second, later, new Failure.Conflict("used")).getFirst().failures())
                .isEqualTo(2);
    }

    @Test
    void anAcceptedLaunchOpensWhatCoversIt() {
        var denied = after(List.of(), asked("small", "aws/east/a", Market.SPOT), new Failure.Denied("no"));

        assertThat(BarLearning.accepted(denied, asked("large", "aws/east/b", Market.ON_DEMAND)))
                .isEmpty();
        assertThat(BarLearning.accepted(denied, asked("large", "aws/west/b", Market.ON_DEMAND)))
                .hasSize(1);
    }
}
