package dev.skyhedge.providers.gcp;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Provider;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Quotas as a project has them that has just been opened: most cards at 0.
class GcpQuotasTest {
    private static final String REGION = "us-central1";

    private final GcpHarness harness = new GcpHarness();
    private final Provider provider = harness.provider();

    @AfterEach
    void close() {
        harness.close();
    }

    private List<String> bindingOn(Offer offer) {
        return done(provider.quotas()).stream()
                .filter(quota -> quota.covers(offer) && quota.remaining() == 0)
                .map(AccountQuota::name)
                .toList();
    }

    private static Offer card(String type, String accelerator, Market market) {
        return GcpHarness.offer(type, accelerator, GcpHarness.ZONE, market, "1");
    }

    private String doctor() {
        return provider.diagnose().stream()
                .filter(finding -> finding.subject().equals("quota"))
                .map(Finding::toString)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aQuotaOfOneCardLimitsNoOther() {
        assertThat(bindingOn(harness.spotOffer())).isEmpty();
        assertThat(bindingOn(harness.onDemandOffer())).isEmpty();
        assertThat(bindingOn(card("a3-highgpu-1g", "H100:1", Market.SPOT)))
                .containsExactly("NVIDIA_H100_GPUS in us-central1");
    }

    @Test
    void allMachineTypesWithACardCountAgainstItsQuotaAndMachinesWithoutDoNot() {
        harness.fake().cloud().quota(REGION, "NVIDIA_T4_GPUS", 0);

        assertThat(bindingOn(card("n1-standard-4+nvidia-tesla-t4:1", "T4:1", Market.ON_DEMAND)))
                .hasSize(1);
        assertThat(bindingOn(card("n1-standard-8+nvidia-tesla-t4:2", "T4:2", Market.ON_DEMAND)))
                .hasSize(1);
        assertThat(bindingOn(card("e2-standard-4", "CPU:4", Market.ON_DEMAND))).isEmpty();
    }

    @Test
    void aQuotaLimitsItsRegionOnly() {
        harness.fake().cloud().quota(REGION, "NVIDIA_L4_GPUS", 0);
        Location elsewhere = new Location("gcp", "europe-west4", "europe-west4-b");

        assertThat(bindingOn(harness.onDemandOffer())).hasSize(1);
        assertThat(bindingOn(GcpHarness.offer("g2-standard-4", "L4:1", elsewhere, Market.ON_DEMAND, "1")))
                .isEmpty();
    }

    @Test
    void spotCountsAgainstTheUsualQuotaWhereItHasNoneOfItsOwn() {
        harness.fake().cloud().quota(REGION, "PREEMPTIBLE_NVIDIA_L4_GPUS", 0);
        harness.fake().cloud().quota(REGION, "NVIDIA_L4_GPUS", 1);
        assertThat(bindingOn(harness.spotOffer())).isEmpty();

        done(provider.launch(harness.request(harness.spotOffer(), "a", 1)));

        assertThat(bindingOn(harness.spotOffer())).containsExactly("NVIDIA_L4_GPUS in us-central1");
        assertThat(bindingOn(harness.onDemandOffer())).containsExactly("NVIDIA_L4_GPUS in us-central1");
    }

    @Test
    void spotCountsApartWhereItHasAQuotaOfItsOwn() {
        harness.fake().cloud().quota(REGION, "PREEMPTIBLE_NVIDIA_L4_GPUS", 1);
        harness.fake().cloud().quota(REGION, "NVIDIA_L4_GPUS", 0);

        assertThat(bindingOn(harness.spotOffer())).isEmpty();
        assertThat(bindingOn(harness.onDemandOffer())).containsExactly("NVIDIA_L4_GPUS in us-central1");
    }

    @Test
    void theQuotaOverAllRegionsLimitsEveryCard() {
        harness.fake().cloud().quota("", "GPUS_ALL_REGIONS", 1);
        done(provider.launch(harness.request(harness.spotOffer(), "a", 1)));

        assertThat(bindingOn(harness.spotOffer())).containsExactly("GPUS_ALL_REGIONS");
        assertThat(doctor()).contains("1 of 1 GPUS_ALL_REGIONS used", "no card can be launched in any region");
    }

    @Test
    void whoMayNotReadTheProjectKnowsTheQuotasOfRegions() {
        harness.fake().fault("Projects.Get", new Fault.Refused(403, "forbidden", "No permission"));

        assertThat(done(provider.quotas()))
                .isNotEmpty()
                .noneMatch(quota -> quota.accelerator().isEmpty());
    }

    @Test
    void doctorSaysThatThereIsNoQuota() {
        harness.fake().cloud().noQuota(REGION);
        harness.fake().cloud().noQuota("europe-west4");

        assertThat(doctor()).contains("no region has quota for GPUs");
    }
}
