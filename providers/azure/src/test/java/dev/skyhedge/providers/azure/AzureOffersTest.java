package dev.skyhedge.providers.azure;

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
import dev.skyhedge.spi.Provider;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AzureOffersTest {
    private final AzureHarness harness = new AzureHarness();
    private final Provider provider = harness.provider();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void sizesAreOfferedInTheZonesThatAreOpenToUs() {
        assertThat(zones(done(provider.offers(in("azure/eastus", "T4:1"))))).containsExactly("1", "2");
        assertThat(zones(done(provider.offers(in("azure/eastus", "A100-80GB:1")))))
                .containsExactly("1");
    }

    @Test
    void regionWithoutZonesIsOnePlace() {
        assertThat(zones(done(provider.offers(in("azure/westus", "T4:1"))))).containsExactly(AzureNames.REGIONAL);
    }

    @Test
    void sizeThatIsNotSoldOnSpotIsOfferedOnDemandOnly() {
        assertThat(done(provider.offers(in("azure/eastus", "V100:1"))).offers())
                .isNotEmpty()
                .extracting(Offer::market)
                .containsOnly(Market.ON_DEMAND);
    }

    @Test
    void sizeWhoseCardNothingCanDriveIsNotOffered() {
        assertThat(done(provider.offers(in("azure/eastus", "A10:1"))).offers()).isEmpty();
    }

    @Test
    void sizesSourceAndDateOfPricesAreTold() {
        OfferList list = done(provider.offers(in("azure/eastus", "T4:1")));

        assertThat(list.shapes().get("Standard_NC4as_T4_v3")).isEqualTo(new MachineShape(4, 28_672));
        assertThat(list.sources())
                .singleElement()
                .satisfies(source -> assertThat(source.pricedAt()).isBefore(AzureHarness.START));
    }

    @Test
    void onlyRegionsThatAreMeantAreAskedAndOnce() {
        done(provider.offers(in("azure/eastus", "T4:1")));
        done(provider.offers(in("azure/eastus/2", "T4:1")));

        assertThat(harness.fake().calls("ResourceSkus.List")).isEqualTo(1);
    }

    @Test
    void cloudThatDoesNotTellWhatIsSoldGetsTheUsualZones() {
        harness.fake().fault("ResourceSkus.List", new Fault.Page(404));

        assertThat(zones(done(provider.offers(in("azure/eastus", "A100-80GB:1")))))
                .containsExactly("1", "2", "3");
    }

    @Test
    void cloudThatCannotBeAskedIsAFailure() {
        harness.fake().fault("ResourceSkus.List", new Fault.Refused(403, "AuthorizationFailed", "no"));

        assertThat(failure(provider.offers(in("azure/eastus", "T4:1")))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void regionThatCannotBeAskedIsNamed() {
        harness.fake().fault("ResourceSkus.List", new Fault.Refused(403, "AuthorizationFailed", "no"));
        OfferQuery two = new OfferQuery(
                List.of(LocationPattern.parse("azure/eastus"), LocationPattern.parse("azure/westeurope")),
                List.of(Accelerator.parse("T4:1")));

        OfferList list = done(provider.offers(two));

        assertThat(list.unreachable()).hasSize(1);
        assertThat(list.offers()).isNotEmpty();
    }

    private static OfferQuery in(String place, String accelerator) {
        return new OfferQuery(List.of(LocationPattern.parse(place)), List.of(Accelerator.parse(accelerator)));
    }

    private static SortedSet<String> zones(OfferList list) {
        SortedSet<String> zones = new TreeSet<>();
        list.offers().forEach(offer -> zones.add(offer.location().zone()));
        return zones;
    }
}
