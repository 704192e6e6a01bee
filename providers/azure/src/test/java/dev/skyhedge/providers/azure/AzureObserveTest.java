package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.azure.fake.Json;
import dev.skyhedge.providers.cloud.contract.ObserveContract;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Observation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AzureObserveTest extends ObserveContract<AzureHarness> {
    @Override
    protected AzureHarness open(Situation situation) {
        return new AzureHarness(situation);
    }

    private static final String GROUP = "skyhedge-lineage-a";

    @Test
    void listsAllPages() {
        put(MANY);

        Observation seen = done(provider.observe(LINEAGE));

        assertThat(seen.instances())
                .hasSize(MANY)
                .allMatch(one -> one.endpoint().isPresent());
        assertThat(harness.fake().calls("VirtualMachines.List")).isEqualTo(MANY / 50);
        assertThat(harness.fake().calls("VirtualMachines.Get")).isZero();
    }

    @Test
    void addressesAreAskedForOnce() {
        done(provider.launch(spot(1)));
        harness.clock().advance(Duration.ofSeconds(10));

        done(provider.observe(LINEAGE));
        Instance again = only();

        assertThat(again.endpoint()).isPresent();
        assertThat(harness.fake().calls("NetworkInterfaces.List")).isEqualTo(1);
    }

    @Test
    void unknownRunsFailTheLookInsteadOfBeingGuessed() {
        done(provider.launch(spot(1)));
        harness.fake().fault("VirtualMachines.ListAll", new Fault.Refused(403, "AuthorizationFailed", "no"));

        assertThat(failure(provider.observe(LINEAGE))).isInstanceOf(Failure.Denied.class);
    }

    @Test
    void deallocatedMachineHasEndedThoughItWasMadeWell() {
        Instance launched = done(provider.launch(spot(1)));
        harness.clock().advance(Duration.ofSeconds(10));

        harness.fake().cloud().power(launched.id(), "deallocated");

        assertThat(only().state()).isEqualTo(InstanceState.ENDED);
        assertThat(only().end().orElseThrow().cause()).isEqualTo(EndCause.PREEMPTED);
    }

    @Test
    void machinesOfOthersAreNotOurs() {
        harness.fake().cloud().put(GROUP, "theirs", Json.object("location", "eastus", "properties", Json.object()));

        assertThat(done(provider.observe("")).instances()).isEmpty();
        assertThat(done(provider.observe(LINEAGE)).instances()).isEmpty();
    }

    @Test
    void machineThatDoesNotSayWhereItIsIsOursAllTheSame() {
        done(provider.launch(spot(1)));
        harness.fake()
                .change("VirtualMachines.List", good -> good.replace("\"location\":\"eastus\"", "\"location\":null"));

        assertThat(done(harness.secondClient().observe(LINEAGE)).instances())
                .singleElement()
                .satisfies(one -> assertThat(one.offer().location()).hasToString("azure/unknown/1"));
        assertThat(only().offer().location()).hasToString("azure/eastus/1");
    }

    @Test
    void tagsOfNothingAreNoTags() {
        done(provider.launch(spot(1)));
        harness.fake()
                .change(
                        "VirtualMachines.List",
                        good -> good.replaceAll("(\"skyhedge-(port|token)\":)\"[^\"]*\"", "$1null"));

        assertThat(done(harness.secondClient().observe(LINEAGE)).instances()).isEmpty();
    }

    @Test
    void busyMachineIsDeletedWhenItIsFree() {
        Instance launched = done(provider.launch(onDemand(1)));
        harness.fake().fault("VirtualMachines.Delete", new Fault.Refused(409, "Conflict", "another operation"));

        done(provider.terminate(launched.id(), launched.offer().location()));

        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void quotasAreToldPerRegionMarketAndFamily() {
        harness.fake().cloud().quota("eastus", "lowPriorityCores", 8);
        harness.fake().cloud().quota("eastus", "standardNCADSA100v4Family", 24);
        done(provider.launch(spot(1)));

        var quotas = done(provider.quotas());

        assertThat(quotas)
                .filteredOn(quota -> quota.name().equals("lowPriorityCores in eastus"))
                .singleElement()
                .satisfies(quota -> {
                    assertThat(quota.remaining()).isEqualTo(4);
                    assertThat(quota.scope().market()).contains(Market.SPOT);
                });
        assertThat(quotas)
                .filteredOn(quota -> quota.name().equals("standardNCADSA100v4Family in eastus"))
                .singleElement()
                .satisfies(quota -> assertThat(quota.instanceTypes()).containsExactly("Standard_NC24ads_A100_v4"));
    }

    @Test
    void doctorLooksAtEndpointSubscriptionQuotaAndPrices() {
        assertThat(provider.diagnose())
                .extracting(Finding::subject)
                .containsExactly("endpoint", "subscription", "quota", "prices");
        assertThat(provider.diagnose()).noneMatch(Finding.Bad.class::isInstance);
    }

    @Test
    void doctorSaysWhatToDoWithoutPermission() {
        harness.fake().fault("VirtualMachines.ListAll", new Fault.Refused(403, "AuthorizationFailed", "not you"));

        assertThat(provider.diagnose())
                .filteredOn(Finding.Bad.class::isInstance)
                .singleElement()
                .satisfies(
                        finding -> assertThat(((Finding.Bad) finding).remedy()).contains("az login"));
    }

    @Override
    protected void put(int count) {
        for (int i = 0; i < count; i++) {
            harness.fake().cloud().put(GROUP, "sh-" + i, SpotMachines.asked(LINEAGE, "eastus", "1", i));
        }
    }
}
