package dev.skyhedge.providers.aws;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.aws.fake.Faults;
import dev.skyhedge.providers.aws.fake.World;
import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.PriceCatalog;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TodaysCatalogTest {
    private static final String TYPE = "g6.xlarge";
    private static final String ZONE = "us-east-1b";

    private final PriceCatalog shipped = new AwsProviderFactory().shippedPrices();
    private final TestAws aws = new TestAws(World.small().without("us-east-1c", TYPE));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void zonesAndSpotPricesAreTodaysAndOnDemandPricesKeepTheirAge() throws Exception {
        aws.cloud.price(ZONE, TYPE, "0.2222");

        PriceCatalog today = update(shipped);

        List<PriceCatalog.Entry> rows = rows(today);
        assertThat(rows).extracting(PriceCatalog.Entry::zones).containsExactly(List.of("us-east-1a"), List.of(ZONE));
        assertThat(rows.getLast().spot()).contains(HourlyPrice.ofUsd("0.2222"));
        assertThat(rows)
                .allMatch(row -> row.onDemand().equals(rows(shipped).getFirst().onDemand()));
        assertThat(today.pricedAt()).isEqualTo(shipped.pricedAt());
        assertThat(today.source()).isEqualTo(shipped.source() + "; zones and spot prices of " + TestAws.START);
        assertThat(Catalogs.inForce(shipped, directory)).isEqualTo(today);
    }

    @Test
    void whatTheAccountCannotAskStaysAsItWas() {
        List<PriceCatalog.Entry> before = in("ap-northeast-1", shipped);

        assertThat(before).isNotEmpty();
        assertThat(in("ap-northeast-1", update(shipped))).isEqualTo(before);
    }

    @Test
    void laterUpdateReplacesTheEarlier() {
        PriceCatalog first = update(shipped);
        aws.cloud.price(ZONE, TYPE, "0.1111");
        aws.clock.advance(Duration.ofHours(1));

        PriceCatalog second = update(first);

        assertThat(second.source()).startsWith(shipped.source()).containsOnlyOnce("zones and spot prices");
        assertThat(rows(second).getLast().spot()).contains(HourlyPrice.ofUsd("0.1111"));
    }

    @Test
    void offersOfAnUpdatedListAreThoseOfTheShippedOne() {
        aws.cloud.price(ZONE, TYPE, "0.2222");
        PriceCatalog today = update(shipped);

        assertThat(offers(today)).isEqualTo(offers(shipped));
        assertThat(offers(today))
                .filteredOn(offer -> offer.market() == Market.SPOT
                        && offer.instanceType().equals(TYPE)
                        && offer.location().zone().equals(ZONE))
                .singleElement()
                .satisfies(offer -> assertThat(offer.price()).isEqualTo(HourlyPrice.ofUsd("0.2222")));
    }

    @Test
    void zoneThatIsNewerThanTheListIsOfferedAllTheSame() {
        aws.cloud.price(ZONE, TYPE, "0.2222");
        PriceCatalog today = update(shipped);
        PriceCatalog withoutOne = new PriceCatalog(
                today.provider(),
                today.pricedAt(),
                today.source(),
                today.entries().stream()
                        .filter(entry -> !rows(today).getLast().equals(entry))
                        .toList());

        assertThat(offers(withoutOne)).isEqualTo(offers(shipped));
    }

    @Test
    void pricesOfSomeRegionsOnlyAreNone() {
        aws.cloud
                .faults()
                .next(
                        "DescribeSpotPriceHistory",
                        "us-west-2",
                        new Faults.Fault.Refused("UnauthorizedOperation", "no", 403),
                        1);

        assertThat(failure(aws.keepingIn(directory, shipped).client().updateCatalog()))
                .isInstanceOf(Failure.OutcomeUnknown.class)
                .satisfies(failure -> assertThat(failure.message()).contains("us-west-2"));
        assertThat(directory).isEmptyDirectory();
    }

    private PriceCatalog update(PriceCatalog inForce) {
        try (AwsProvider client = aws.keepingIn(directory, inForce).client()) {
            return done(client.updateCatalog());
        }
    }

    private List<Offer> offers(PriceCatalog inForce) {
        try (AwsProvider client = aws.keepingIn(directory, inForce).client()) {
            return done(client.offers(TestAws.ANYTHING)).offers().stream()
                    .sorted(Comparator.comparing(offer -> offer.instanceType() + offer.location() + offer.market()))
                    .toList();
        }
    }

    private static List<PriceCatalog.Entry> rows(PriceCatalog catalog) {
        return in("us-east-1", catalog).stream()
                .filter(entry -> entry.instanceType().equals(TYPE))
                .toList();
    }

    private static List<PriceCatalog.Entry> in(String region, PriceCatalog catalog) {
        return catalog.entries().stream()
                .filter(entry -> entry.region().equals(region))
                .toList();
    }
}
