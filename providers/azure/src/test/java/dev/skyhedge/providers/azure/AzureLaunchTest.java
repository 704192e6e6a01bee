package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static dev.skyhedge.providers.cloud.contract.Outcomes.failure;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.providers.azure.fake.Json;
import dev.skyhedge.providers.cloud.contract.LaunchContract;
import dev.skyhedge.providers.cloud.contract.Situation;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.fake.Recorded;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.NoticeAddress;
import dev.skyhedge.spi.Offer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AzureLaunchTest extends LaunchContract<AzureHarness> {
    @Override
    protected AzureHarness open(Situation situation) {
        return new AzureHarness(situation);
    }

    @Override
    protected int callers() {
        return 40;
    }

    private static final String CREATE = "VirtualMachines.CreateOrUpdate";

    // --- the order

    @Test
    void spotOrderIsDeletedWhenEvictedAndHasNoMaxPrice() {
        Map<String, Object> order = ordered(spot(1));

        assertThat(Json.text(order, "properties", "priority")).isEqualTo("Spot");
        assertThat(Json.text(order, "properties", "evictionPolicy")).isEqualTo("Delete");
        assertThat(Json.at(order, "properties", "billingProfile", "maxPrice").orElseThrow())
                .isInstanceOfSatisfying(
                        Number.class, price -> assertThat(price.doubleValue()).isEqualTo(-1));
        assertThat(Json.text(order, "zones", 0)).isEqualTo("1");
    }

    @Test
    void diskInterfaceAndAddressGoWithTheMachine() {
        Map<String, Object> order = ordered(spot(1));
        Object nic = Json.at(order, "properties", "networkProfile", "networkInterfaceConfigurations", 0)
                .orElseThrow();

        assertThat(Json.text(order, "properties", "storageProfile", "osDisk", "deleteOption"))
                .isEqualTo("Delete");
        assertThat(Json.text(nic, "properties", "deleteOption")).isEqualTo("Delete");
        assertThat(Json.text(
                        nic,
                        "properties",
                        "ipConfigurations",
                        0,
                        "properties",
                        "publicIPAddressConfiguration",
                        "properties",
                        "deleteOption"))
                .isEqualTo("Delete");
        assertThat(Json.text(nic, "properties", "ipConfigurations", 0, "properties", "subnet", "id"))
                .endsWith("/resourceGroups/skyhedge/providers/Microsoft.Network/virtualNetworks/skyhedge-eastus"
                        + "/subnets/default");
        assertThat(Json.text(nic, "tags", "skyhedge-token")).isEqualTo("tlineagean1");
    }

    @Test
    void onDemandOrderSaysNothingOfSpot() {
        Map<String, Object> order = ordered(onDemand(1));

        assertThat(Json.at(order, "properties", "priority")).isEmpty();
        assertThat(Json.at(order, "properties", "evictionPolicy")).isEmpty();
        assertThat(Json.at(order, "properties", "billingProfile")).isEmpty();
    }

    @Test
    void machineInARegionWithoutZonesNamesNone() {
        Offer offer = AzureHarness.offer(
                "Standard_NC4as_T4_v3",
                "T4:1",
                new Location("azure", "westus", AzureNames.REGIONAL),
                Market.SPOT,
                "0.2");
        LaunchRequest request = harness.request(offer, LINEAGE, 1);

        Instance launched = done(provider.launch(request));

        assertThat(launched.offer().location()).isEqualTo(offer.location());
        assertThat(Json.at(Json.read(creations().getFirst().request()), "zones"))
                .isEmpty();
    }

    @Test
    void diskHasTheSizeThatTheLaunchSaysElseTheProviders() {
        assertThat(diskOf(ordered(spot(1).onDisk(750)))).isEqualTo("750");
        assertThat(diskOf(ordered(spot(2)))).isEqualTo("100");
    }

    private static String diskOf(Map<String, Object> order) {
        return Json.text(order, "properties", "storageProfile", "osDisk", "diskSizeGB");
    }

    @Test
    void bootScriptIsTheCustomData() {
        String data = Json.text(ordered(spot(1)), "properties", "osProfile", "customData");

        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .startsWith("#!/bin/sh");
    }

    @Test
    void deletionIsAnnouncedToWhoeverListens() {
        LaunchRequest silent = spot(1);
        LaunchRequest heard = new LaunchRequest(
                silent.offer(),
                silent.tags(),
                silent.workload(),
                silent.diskGb(),
                Optional.of(new NoticeAddress(URI.create("http://127.0.0.1:1/v1/notices"), "secret")));

        Map<String, Object> order = ordered(heard);

        assertThat(Json.text(order, "properties", "scheduledEventsProfile", "terminateNotificationProfile", "enable"))
                .isEqualTo("true");
    }

    @Test
    void repeatedOrderHasTheSameBytesAndIsOnlyForAFreeName() {
        LaunchRequest request = spot(1);
        harness.fake().fault(CREATE, new Fault.CallLost());

        done(provider.launch(request));

        List<Recorded> creations = creations();
        assertThat(creations).hasSize(2);
        assertThat(creations.get(1).request()).isEqualTo(creations.get(0).request());
        assertThat(harness.fake().cloud().created()).isEqualTo(1);
    }

    @Test
    void knownMachineIsFoundWithoutAnotherOrder() {
        LaunchRequest request = spot(1);
        Instance first = done(provider.launch(request));

        Instance again = done(harness.secondClient().launch(request));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.launchedAt()).isEqualTo(first.launchedAt());
        assertThat(creations()).hasSize(1);
    }

    // --- refusals

    @Test
    void shortageThatIsToldAtOnceLeavesNothing() {
        harness.fake().cloud().capacity("eastus", "1", "Standard_NC4as_T4_v3", true, 0);

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.NoCapacity.class);
        assertThat(failure.message()).contains("SkuNotAvailable");
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void shortageThatComesWithHttp200IsReadFromTheOperationAndItsMachineDeletedFirst() {
        harness.fake().cloud().capacity("eastus", "1", "Standard_NC4as_T4_v3", false, 0);

        Failure failure = failure(provider.launch(onDemand(1)));

        assertThat(failure).isInstanceOf(Failure.NoCapacity.class);
        assertThat(failure.message()).contains("ZonalAllocationFailed");
        assertThat(harness.fake().calls("VirtualMachines.Delete")).isEqualTo(1);
        assertThat(harness.fake().cloud().live()).isEmpty();
        assertThat(done(provider.observe(LINEAGE)).instances()).isEmpty();
    }

    @Test
    void remainsOfAnEarlierAttemptAreDeletedBeforeTheNext() {
        LaunchRequest request = spot(1);
        harness.fake().fault(CREATE, new Fault.OperationFails("AllocationFailed", "no room"));
        for (int i = 0; i < 8; i++) {
            harness.fake().fault("VirtualMachines.Delete", new Fault.Page(503));
        }
        assertThat(failure(provider.launch(request))).isInstanceOf(Failure.OutcomeUnknown.class);
        harness.fake().noFaults();

        Instance launched = done(harness.secondClient().launch(request));

        assertThat(launched.isLive()).isTrue();
        assertThat(harness.fake().cloud().live()).containsExactly(launched.id());
    }

    @Test
    void replyLostBeforeACreationThatFailsIsToldByTheMachine() {
        harness.fake().cloud().capacity("eastus", "1", "Standard_NC4as_T4_v3", false, 0);
        harness.fake().fault(CREATE, new Fault.ReplyLost());

        Failure failure = failure(provider.launch(onDemand(1)));

        assertThat(failure).isInstanceOf(Failure.NoCapacity.class);
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AllocationFailed, no_capacity",
        "OverconstrainedAllocationRequest, no_capacity",
        "QuotaExceeded, quota",
        "VMSizeNotSupported, unsupported_here",
        "AuthorizationFailed, denied",
        "InternalExecutionError, throttled",
        "OSProvisioningTimedOut, invalid_request"
    })
    void everyFailureOfAnOperationLeavesNothing(String code, String kind) {
        harness.fake().fault(CREATE, new Fault.OperationFails(code, "it failed"));

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    @Test
    void quotaOfSpotCoresLeavesOtherMachinesAlone() {
        harness.fake().cloud().quota("eastus", "lowPriorityCores", 4);
        done(provider.launch(spot(1)));

        Failure failure = failure(provider.launch(spot(2)));

        assertThat(failure)
                .isInstanceOfSatisfying(
                        Failure.Quota.class, quota -> assertThat(quota.scope()).hasToString("azure/eastus/* spot"));
        done(provider.launch(onDemand(3)));
    }

    @Test
    void groupIsMadeOnceForALineage() {
        done(provider.launch(spot(1)));
        done(provider.launch(spot(2)));

        assertThat(harness.fake().calls("ResourceGroups.CreateOrUpdate")).isEqualTo(1);
        assertThat(harness.fake().cloud().live()).allMatch(id -> id.startsWith("skyhedge-lineage-a/"));
    }

    @Test
    void groupThatMayNotBeMadeIsTheReason() {
        harness.fake()
                .fault("ResourceGroups.CreateOrUpdate", new Fault.Refused(403, "AuthorizationFailed", "no groups"));

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.Denied.class);
        assertThat(failure.message()).contains("no groups");
    }

    // --- disturbed wires

    @Test
    void unknownOutcomeIsFoundByALaterLaunch() {
        LaunchRequest request = spot(1);
        for (int i = 0; i < 5; i++) {
            harness.fake().fault(CREATE, new Fault.PageAfterEffect(502));
        }
        harness.fake().faultAfter("VirtualMachines.Get", 1, new Fault.Page(503));
        for (int i = 0; i < 4; i++) {
            harness.fake().fault("VirtualMachines.Get", new Fault.Page(503));
        }
        assertThat(failure(provider.launch(request))).isInstanceOf(Failure.OutcomeUnknown.class);
        harness.fake().noFaults();

        done(provider.launch(request));

        assertThat(harness.fake().cloud().created()).isEqualTo(1);
    }

    @Test
    void operationThatNeverEndsIsAnUnknownOutcome() {
        restart(Situation.withoutEnd());

        Failure failure = failure(provider.launch(spot(1)));

        assertThat(failure).isInstanceOf(Failure.OutcomeUnknown.class);
        assertThat(failure.message()).contains("is not done after");
    }

    private Map<String, Object> ordered(LaunchRequest request) {
        done(provider.launch(request));
        return Json.read(creations().getLast().request());
    }

    private List<Recorded> creations() {
        return harness.fake().recorded().stream()
                .filter(call -> call.method().equals(CREATE))
                .toList();
    }
}
