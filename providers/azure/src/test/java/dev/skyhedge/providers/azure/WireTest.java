package dev.skyhedge.providers.azure;

import static dev.skyhedge.providers.cloud.contract.Outcomes.done;
import static org.assertj.core.api.Assertions.assertThat;

import com.azure.json.JsonProviders;
import com.azure.json.JsonReader;
import com.azure.json.JsonSerializable;
import com.azure.json.JsonWriter;
import com.azure.json.ReadValueCallback;
import com.azure.resourcemanager.compute.fluent.models.ResourceSkuInner;
import com.azure.resourcemanager.compute.fluent.models.UsageInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInstanceViewInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import dev.skyhedge.providers.azure.fake.AzureFake;
import dev.skyhedge.providers.azure.fake.Json;
import dev.skyhedge.providers.cloud.fake.Recorded;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What goes over the wire is what Azure's published models know: requests and replies come back from the
/// client's own models as they went in, but for what those only read.
class WireTest {
    private static final String LINEAGE = "lineage-a";

    /// Members that the models read and never write.
    private static final Set<String> READ_ONLY = Set.of(
            "id",
            "name",
            "type",
            "etag",
            "properties.vmId",
            "properties.provisioningState",
            "properties.timeCreated",
            "properties.instanceView");

    private static final String GROUP =
            "/subscriptions/" + AzureFake.SUBSCRIPTION + "/resourceGroups/skyhedge-lineage-a";
    private static final String MACHINES = GROUP + "/providers/Microsoft.Compute/virtualMachines";

    private final AzureHarness harness = new AzureHarness();

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void everyCallIsKnownToTheFakeAndSucceeds() {
        liveALife();

        assertThat(harness.fake().recorded())
                .isNotEmpty()
                .allMatch(call -> !call.method().isEmpty())
                .allMatch(call -> call.status() < 300 || call.status() == 404);
    }

    @Test
    void ordersHoldOnlyWhatTheModelKnows() throws Exception {
        liveALife();

        Map<String, Object> order =
                Json.read(call("VirtualMachines.CreateOrUpdate").request());

        assertThat(rewritten(order, VirtualMachineInner::fromJson)).isEqualTo(order);
    }

    @Test
    void machinesInRepliesHoldOnlyWhatTheModelKnows() throws Exception {
        liveALife();
        Map<String, Object> reply =
                Json.read(call("VirtualMachines.CreateOrUpdate").reply());

        Map<String, Object> rewritten = rewritten(reply, VirtualMachineInner::fromJson);

        assertThat(missing(reply, rewritten)).isSubsetOf(READ_ONLY);
        VirtualMachineInner machine = parsed(reply, VirtualMachineInner::fromJson);
        assertThat(machine.vmId()).isNotEmpty();
        assertThat(machine.timeCreated().toInstant()).isEqualTo(AzureHarness.START);
        assertThat(machine.provisioningState()).isEqualTo("Creating");
    }

    @Test
    void instanceViewsHoldOnlyWhatTheModelKnows() throws Exception {
        liveALife();
        Object machine = Json.at(Json.read(call("VirtualMachines.ListAll").reply()), "value", 0)
                .orElseThrow();
        @SuppressWarnings("unchecked")
        Map<String, Object> view = (Map<String, Object>)
                Json.at(machine, "properties", "instanceView").orElseThrow();

        assertThat(rewritten(view, VirtualMachineInstanceViewInner::fromJson)).isEqualTo(view);
    }

    @Test
    void sizesUsagesAndInterfacesAreReadByTheModels() throws Exception {
        liveALife();

        ResourceSkuInner sku = parsed(first("ResourceSkus.List", 1), ResourceSkuInner::fromJson);
        assertThat(sku.locationInfo().getFirst().zones()).containsExactly("1", "2", "3");
        assertThat(sku.restrictions()).isNotEmpty();
        assertThat(sku.capabilities()).extracting(one -> one.name()).contains("LowPriorityCapable");
        UsageInner usage = parsed(first("Usage.List", 0), UsageInner::fromJson);
        assertThat(usage.name().value()).isNotEmpty();
        NetworkInterfaceInner nic = parsed(first("NetworkInterfaces.List", 0), NetworkInterfaceInner::fromJson);
        assertThat(nic.virtualMachine().id()).contains("/virtualMachines/");
        assertThat(nic.ipConfigurations().getFirst().privateIpAddress()).isNotEmpty();
    }

    @Test
    void networksAndSecurityGroupsHoldOnlyWhatTheModelsKnow() throws Exception {
        harness.fake().cloud().networks().makeFirewall("guard", "eastus");
        harness.fake().cloud().networks().guard("skyhedge-eastus", "guard");
        harness.provider().reach(List.of(LocationPattern.parse("azure/eastus")), new TreeSet<>(Set.of(8000)));
        Map<String, Object> network = Json.read(call("VirtualNetworks.Get").reply());
        Map<String, Object> firewall =
                Json.read(call("NetworkSecurityGroups.Get").reply());

        assertThat(missing(network, rewritten(network, VirtualNetworkInner::fromJson)))
                .isSubsetOf(READ_ONLY);
        assertThat(missing(firewall, rewritten(firewall, NetworkSecurityGroupInner::fromJson)))
                .isSubsetOf("name", "properties.defaultSecurityRules");
        assertThat(parsed(firewall, NetworkSecurityGroupInner::fromJson).defaultSecurityRules())
                .hasSize(3);
    }

    @Test
    void pathsAreTakenInAnyCase() throws Exception {
        Instance launched = launched();
        String path = MACHINES.toUpperCase(java.util.Locale.ROOT).replace("/SUBSCRIPTIONS", "/subscriptions") + "/"
                + launched.id().substring(launched.id().indexOf('/') + 1).toUpperCase(java.util.Locale.ROOT);

        assertThat(get(path + "?api-version=2025-04-01").statusCode()).isEqualTo(200);
    }

    @Test
    void unknownVersionsPathsParametersAndCallersAreRefused() throws Exception {
        launched();

        assertThat(get(MACHINES + "?api-version=2025-04-01").statusCode()).isEqualTo(200);
        assertThat(code(get(MACHINES + "?api-version=1999-01-01"))).isEqualTo("InvalidResourceType");
        assertThat(code(get(MACHINES))).isEqualTo("MissingApiVersionParameter");
        assertThat(code(get(MACHINES + "?api-version=2025-04-01&$top=3"))).isEqualTo("InvalidParameter");
        assertThat(code(get(GROUP + "/providers/Microsoft.Compute/nothing?api-version=2025-04-01")))
                .isEqualTo("InvalidResourceType");
        assertThat(code(send(HttpRequest.newBuilder(address(MACHINES + "?api-version=2025-04-01"))
                        .build())))
                .isEqualTo("AuthenticationFailed");
    }

    @Test
    void evictionCanBeSimulated() throws Exception {
        Instance launched = launched();
        String name = launched.id().substring(launched.id().indexOf('/') + 1);

        HttpResponse<String> reply =
                send(HttpRequest.newBuilder(address(MACHINES + "/" + name + "/simulateEviction?api-version=2025-04-01"))
                        .header("Authorization", "Bearer nobody")
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build());

        assertThat(reply.statusCode()).isEqualTo(204);
        harness.clock().advance(Duration.ofMinutes(1));
        assertThat(harness.fake().cloud().live()).isEmpty();
    }

    private void liveALife() {
        Provider provider = harness.provider();
        done(provider.offers(new OfferQuery(List.of(LocationPattern.parse("azure/eastus")), List.of())));
        Instance kept = done(provider.launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
        Instance given = done(provider.launch(harness.request(harness.onDemandOffer(), LINEAGE, 2)));
        harness.letTimePass();
        done(provider.observe(LINEAGE));
        done(provider.terminate(given.id(), given.offer().location()));
        harness.fake().cloud().vanish(kept.id());
        done(provider.observe(LINEAGE));
    }

    private Instance launched() {
        return done(harness.provider().launch(harness.request(harness.spotOffer(), LINEAGE, 1)));
    }

    private Recorded call(String name) {
        return harness.fake().recorded().stream()
                .filter(one -> one.method().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private Map<String, Object> first(String list, int index) {
        if (harness.fake().calls(list) == 0) {
            done(harness.provider().quotas());
        }
        @SuppressWarnings("unchecked")
        Map<String, Object> found = (Map<String, Object>)
                Json.at(Json.read(call(list).reply()), "value", index).orElseThrow();
        return found;
    }

    private static <T> T parsed(Map<String, Object> json, ReadValueCallback<JsonReader, T> model) throws IOException {
        try (JsonReader reader = JsonProviders.createReader(Json.write(json))) {
            return model.read(reader);
        }
    }

    private static <T extends JsonSerializable<T>> Map<String, Object> rewritten(
            Map<String, Object> json, ReadValueCallback<JsonReader, T> model) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter writer = JsonProviders.createWriter(text)) {
            parsed(json, model).toJson(writer);
        }
        return Json.read(text.toString());
    }

    /// Members, to the second level, that one has and the other has not.
    private static Set<String> missing(Map<String, Object> whole, Map<String, Object> part) {
        Set<String> missing = new TreeSet<>();
        whole.forEach((name, value) -> {
            Object other = part.get(name);
            if (value instanceof Map<?, ?> inner && other instanceof Map<?, ?> innerPart) {
                inner.forEach((key, member) -> {
                    if (!member.equals(innerPart.get(key))) {
                        missing.add(name + "." + key);
                    }
                });
            } else if (!value.equals(other)) {
                missing.add(name);
            }
        });
        return missing;
    }

    private static String code(HttpResponse<String> reply) {
        return Json.text(Json.read(reply.body()), "error", "code");
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(address(path))
                .header("Authorization", "Bearer nobody")
                .build());
    }

    private URI address(String path) {
        return URI.create(harness.fake().endpoint() + path);
    }

    private static HttpResponse<String> send(HttpRequest request) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }
}
