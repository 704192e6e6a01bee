package dev.skyhedge.providers.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.providers.cloud.contract.RecordedReplies;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.SortedSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Replies of Azure that Apache jclouds has recorded since 2016, older than much of what is asked for
/// today. What they leave out must not matter, and what the fake says where they say something is of the
/// same type.
class RecordedRepliesTest {
    private static final String GROUP = "groupname";

    private final AzureHarness harness = new AzureHarness();
    private final AzureClients clients = harness.connect();
    private final Provider provider = harness.client(clients, Path.of("target", "recorded"));
    private final ComputeCalls calls = new ComputeCalls(
            clients,
            AzureSettings.read(
                    Map.of(
                            "subscription",
                            AzureFake.SUBSCRIPTION,
                            "ssh_key",
                            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExample",
                            "endpoint",
                            harness.fake().endpoint()),
                    Map.of()),
            harness.clock(),
            time -> {},
            new Random(1));
    private final InstanceReader reader = new InstanceReader(new Sales(new AzureProviderFactory().shippedPrices()));

    @AfterEach
    void close() {
        clients.close();
        harness.close();
    }

    @ParameterizedTest
    @CsvSource({"virtualmachine.json", "createvirtualmachineresponse.json"})
    void machineIsRead(String file) {
        harness.fake().fault("VirtualMachines.Get", new Fault.Canned(200, machines(file)));

        Instance read = ours(Outcomes.done(calls.machine(new MachineId(GROUP, "windowsmachine"))));

        assertThat(read.state()).isEqualTo(InstanceState.PENDING);
        assertThat(read.offer().instanceType()).isEqualTo("Standard_D1");
        assertThat(read.offer().location()).hasToString("azure/westus/regional");
    }

    @ParameterizedTest
    @CsvSource({
        "virtualmachinesinresourcegroup.json",
        "virtualmachinesinlocation.json",
        "virtualmachinesinsubscription.json",
    })
    void machinesAreReadAndThoseOfOthersAreNotOurs(String file) {
        harness.fake().faults("VirtualMachines.ListAll", 2, new Fault.Canned(200, machines(file)));

        assertThat(Outcomes.done(calls.machines(Optional.empty())))
                .isNotEmpty()
                .map(this::ours)
                .allMatch(one -> one.offer().location().region().matches("[a-z0-9]*us[a-z0-9]*"));
        assertThat(Outcomes.done(provider.observe("")).instances()).isEmpty();
    }

    @Test
    void numberInQuotesIsNoAnswerInsteadOfNoMachine() {
        harness.fake()
                .change("VirtualMachines.ListAll", good -> RecordedReplies.read("virtualmachinesinsubscription.json"));

        assertThat(Outcomes.failure(provider.observe(""))).isInstanceOf(Failure.OutcomeUnknown.class);
    }

    @Test
    void instanceViewIsRead() throws IOException {
        try (var json =
                com.azure.json.JsonProviders.createReader(RecordedReplies.read("virtualmachineInstance.json"))) {
            assertThat(VirtualMachineInstanceViewInner.fromJson(json).statuses())
                    .extracting(status -> status.code())
                    .containsExactly("ProvisioningState/succeeded", "PowerState/running");
        }
    }

    @Test
    void viewOfAMachineThatRunsMakesItRun() {
        String view = "\"instanceView\": " + RecordedReplies.read("virtualmachineInstance.json") + ",";
        String machine = machines("virtualmachine.json")
                .replace("\"vmId\"", view + "\"vmId\"")
                .replace("\"Creating\"", "\"Succeeded\"");
        harness.fake().fault("VirtualMachines.Get", new Fault.Canned(200, machine));

        Instance read = ours(Outcomes.done(calls.machine(new MachineId(GROUP, "windowsmachine"))));

        assertThat(read.state()).isEqualTo(InstanceState.RUNNING);
    }

    @ParameterizedTest
    @CsvSource({"listnetworkinterfaces.json", "listallnetworkinterfaces.json"})
    void interfacesAreRead(String file) {
        answer("NetworkInterfaces.List", 200, file);

        assertThat(Outcomes.done(calls.network().interfaces(GROUP)))
                .isNotEmpty()
                .allMatch(one -> !one.ipConfigurations().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"PublicIPAddressList.json", "PublicIPAddressListAll.json"})
    void addressesAreRead(String file) {
        answer("PublicIPAddresses.List", 200, file);

        assertThat(Outcomes.done(calls.network().addresses(GROUP))).isNotEmpty().allMatch(one -> one.id() != null);
    }

    @Test
    void groupIsRead() {
        answer("ResourceGroups.Get", 200, "resourcegroup.json");

        assertThat(Outcomes.done(calls.group("jcloudstest")).location()).isEqualTo("westus");
    }

    @ParameterizedTest
    @CsvSource({
        "virtualmachinescalesetgetwhen404.json, ResourceNotFound",
        "virtualmachinescalesetlistwhen404.json, Group"
    })
    void whatIsNotThereIsNotFound(String file, String word) {
        answer("VirtualMachines.Get", 404, file);

        Failure failure = Outcomes.failure(calls.machine(new MachineId(GROUP, "windowsmachine")));

        assertThat(failure).isInstanceOf(Failure.NotFound.class);
        assertThat(failure.toString()).contains(word.equals("Group") ? "Resource group" : "The Resource");
    }

    @Test
    void refusalWithEmptyDetailsIsRead() {
        answer("VirtualMachines.Get", 400, "PublicIPAddressCreateDnsRecordInUse.json");

        assertThat(Outcomes.failure(calls.machine(new MachineId(GROUP, "windowsmachine"))))
                .isInstanceOf(Failure.InvalidRequest.class)
                .asString()
                .contains("DNS record");
    }

    @ParameterizedTest
    @CsvSource({"vmsizes.json", "virtualmachineavailablesizes.json", "locations.json"})
    void listsOfAnotherKindSayNothingOfWhatIsSold(String file) {
        answer("ResourceSkus.List", 200, file);

        assertThat(Sizes.of("eastus", Outcomes.done(calls.skus("eastus"))).sizes())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines?api-version=2025-04-01,"
                + "virtualmachinesinresourcegroup.json",
        "/providers/Microsoft.Compute/virtualMachines?api-version=2025-04-01, virtualmachinesinsubscription.json",
        "/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}?api-version=2025-04-01,"
                + "virtualmachine.json",
        "/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{name}/instanceView?"
                + "api-version=2025-04-01, virtualmachineInstance.json",
        "/resourceGroups/{group}/providers/Microsoft.Network/networkInterfaces?api-version=2025-01-01,"
                + "listnetworkinterfaces.json",
        "/resourceGroups/{group}/providers/Microsoft.Network/publicIPAddresses?api-version=2025-01-01,"
                + "PublicIPAddressList.json",
        "/resourceGroups/{group}?api-version=2021-04-01, resourcegroup.json",
        "/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/none?api-version=2025-04-01,"
                + "virtualmachinescalesetgetwhen404.json",
    })
    void fakeSaysTheSameTypes(String path, String file) throws IOException, InterruptedException {
        List<String> keyed = List.of("tags");
        SortedMap<String, SortedSet<String>> recorded = AzureJson.REPLIES.types(RecordedReplies.read(file), keyed);
        SortedMap<String, SortedSet<String>> faked = AzureJson.REPLIES.types(faked(path), keyed);

        faked.keySet().retainAll(recorded.keySet());
        recorded.keySet().retainAll(faked.keySet());

        assertThat(faked).isNotEmpty().isEqualTo(recorded);
    }

    private String faked(String path) throws IOException, InterruptedException {
        String id = Outcomes.done(provider.launch(harness.request(harness.spotOffer(), "lineage-a", 1)))
                .id();
        harness.clock().advance(Duration.ofMinutes(1));
        String address = harness.fake().endpoint() + "/subscriptions/" + AzureFake.SUBSCRIPTION
                + path.replace("{group}", id.substring(0, id.indexOf('/')))
                        .replace("{name}", id.substring(id.indexOf('/') + 1));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(address))
                                    .header("Authorization", "Bearer nobody")
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// Machines with their disks' sizes as the API says them: the recordings put them into quotes, where
    /// Azure's own client refuses them.
    private static String machines(String file) {
        return RecordedReplies.read(file).replaceAll("(\"diskSizeGB\":\\s*)\"([0-9]+)\"", "$1$2");
    }

    private Instance ours(VirtualMachineInner recorded) {
        recorded.withTags(CloudTags.write(
                harness.request(harness.spotOffer(), "lineage-a", 1).tags()));
        MachineId id = MachineId.ofResource(recorded.id()).orElseThrow();
        return reader.read(
                        recorded,
                        id,
                        Optional.empty(),
                        Optional.empty(),
                        harness.clock().instant())
                .orElseThrow();
    }

    private void answer(String call, int status, String file) {
        harness.fake().fault(call, new Fault.Canned(status, RecordedReplies.read(file)));
    }
}
