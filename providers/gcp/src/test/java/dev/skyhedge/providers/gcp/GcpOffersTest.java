package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GcpOffersTest {
    private final GcpHarness harness = new GcpHarness();
    private final Provider provider = harness.provider();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void cardsAreOfferedWhereTheyAreToday() {
        assertThat(done(provider.offers(all("A100:1"))).offers())
                .extracting(offer -> offer.location().zone())
                .containsOnly("us-central1-a");
        assertThat(zones(done(provider.offers(all("L4:1")))))
                .containsExactly("europe-west4-b", "us-central1-a", "us-central1-b");
    }

    @Test
    void attachedCardsArePricedWithTheirMachine() {
        assertThat(done(provider.offers(all("T4:2"))).offers())
                .contains(GcpHarness.offer(
                        "n1-standard-8+nvidia-tesla-t4:2", "T4:2", GcpHarness.ZONE, Market.SPOT, "0.46605"));
    }

    @Test
    void machinesWithoutCardsAreOfferedInZonesThatExist() {
        assertThat(zones(done(provider.offers(all("CPU:4")))))
                .containsExactly("europe-west4-b", "us-central1-a", "us-central1-b");
    }

    @Test
    void partsOfAMachineWithEightCardsAreSoldOnSpotOnly() {
        assertThat(done(provider.offers(all("H100:1"))).offers())
                .isNotEmpty()
                .allMatch(offer -> offer.market() == Market.SPOT);
        assertThat(done(provider.offers(all("H100:8"))).offers()).anyMatch(offer -> offer.market() == Market.ON_DEMAND);
    }

    @Test
    void sizesSourceAndDateOfPricesAreTold() {
        OfferList list = done(provider.offers(all("L4:1")));

        assertThat(list.shapes().get("g2-standard-4")).isEqualTo(new MachineShape(4, 16_384));
        assertThat(list.sources())
                .singleElement()
                .satisfies(source -> assertThat(source.pricedAt()).isBefore(GcpHarness.START));
    }

    @Test
    void cloudThatDoesNotTellWhereCardsAreGetsTheZonesOfTheList() {
        harness.fake().fault("AcceleratorTypes.AggregatedList", new Fault.Page(404));

        assertThat(zones(done(provider.offers(all("A100:1"))))).contains("us-central1-f", "me-west1-a");
    }

    @Test
    void cloudThatCannotBeAskedIsAFailure() {
        harness.fake().fault("AcceleratorTypes.AggregatedList", new Fault.Refused(403, "forbidden", "No permission"));

        assertThat(failure(provider.offers(all("L4:1")))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void zoneThatCannotBeAskedIsNamed() {
        harness.fake().cloud().cutOff("us-central1-b");

        assertThat(done(provider.offers(all("L4:1"))).unreachable())
                .extracting(gap -> gap.locations().toString())
                .containsExactly("gcp/us-central1/us-central1-b");
    }

    @Test
    void shippedListKnowsTheCardOfEveryMachineType() {
        for (PriceCatalog.Entry entry : new GcpProviderFactory().shippedPrices().entries()) {
            assertThat(AcceleratorMap.cards(MachineOrder.parse(entry.instanceType()))
                            .isPresent())
                    .as(entry.instanceType())
                    .isEqualTo(!entry.accelerator().type().equals("CPU"));
            assertThat(entry.zones()).as(entry.instanceType()).allMatch(zone -> zone.startsWith(entry.region() + "-"));
            assertThat(MachineOrder.parse(entry.instanceType())).hasToString(entry.instanceType());
        }
    }

    private static OfferQuery all(String accelerator) {
        return new OfferQuery(List.of(LocationPattern.parse("gcp")), List.of(Accelerator.parse(accelerator)));
    }

    private static SortedSet<String> zones(OfferList list) {
        TreeSet<String> zones = new TreeSet<>();
        list.offers().stream().map(Offer::location).forEach(location -> zones.add(location.zone()));
        return zones;
    }
}
