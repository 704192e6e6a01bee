package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.ListMachineTypesRequest;
import com.google.cloud.compute.v1.ListZonesRequest;
import com.google.cloud.compute.v1.MachineTypesClient;
import com.google.cloud.compute.v1.MachineTypesSettings;
import com.google.cloud.compute.v1.Operation;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.providers.cloud.contract.Outcomes;
import dev.skyhedge.providers.cloud.contract.RecordedReplies;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.providers.gcp.fake.ComputeFake;
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

/// Replies of Compute Engine that Apache jclouds has recorded since 2012, older than much of what is asked
/// for today. What they leave out must not matter, and what the fake says where they say something is of
/// the same type.
class RecordedRepliesTest {
    private final GcpHarness harness = new GcpHarness();
    private final ComputeClients clients = harness.connect();
    private final Provider provider = harness.client(clients, Path.of("target", "recorded"));
    private final ComputeCalls calls = new ComputeCalls(
            clients,
            GcpSettings.read(
                    Map.of(
                            "project",
                            ComputeFake.PROJECT,
                            "endpoint",
                            harness.fake().endpoint()),
                    Map.of()),
            harness.clock(),
            time -> {},
            new Random(1));
    private final InstanceReader reader = new InstanceReader(new Sales(new GcpProviderFactory().shippedPrices()));

    @AfterEach
    void close() {
        clients.close();
        harness.close();
    }

    @Test
    void instanceIsRead() {
        answer("Instances.Get", "instance_get.json");

        dev.skyhedge.spi.Instance read = ours(Outcomes.done(calls.instance("us-central1-a", "test-0")));

        assertThat(read.id()).isEqualTo("test-0");
        assertThat(read.state()).isEqualTo(InstanceState.RUNNING);
        assertThat(read.offer().instanceType()).isEqualTo("n1-standard-1");
        assertThat(read.offer().location()).hasToString("gcp/us-central1/us-central1-a");
        assertThat(read.launchedAt()).isEqualTo("2012-11-25T23:48:20.758Z");
        assertThat(read.endpoint().orElseThrow().host()).isEqualTo("10.240.121.115");
    }

    @Test
    void instancesOfAllZonesAreRead() {
        answer("Instances.AggregatedList", "aggregated_instance_list.json");

        InstanceAggregatedList list = Outcomes.done(calls.instances("", ""));

        assertThat(list.getItemsMap().values().stream()
                        .flatMap(zone -> zone.getInstancesList().stream())
                        .map(this::ours))
                .isNotEmpty()
                .allMatch(one -> one.state() == InstanceState.RUNNING)
                .allMatch(one -> one.offer()
                        .location()
                        .zone()
                        .startsWith(one.offer().location().region()));
    }

    @ParameterizedTest
    @CsvSource({"aggregated_instance_list.json", "aggregated_instance_list_empty.json", "list_empty.json"})
    void instancesOfOthersAreNotOursAndEmptyZonesAreNoGaps(String file) {
        answer("Instances.AggregatedList", file);

        var seen = Outcomes.done(provider.observe(""));

        assertThat(seen.instances()).isEmpty();
        assertThat(seen.unreachable()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "operation.json, INVALID_FIELD_VALUE",
        "operation_error.json, RESOURCE_ALREADY_EXISTS",
        "zone_operation_error.json, RESOURCE_ALREADY_EXISTS",
    })
    void failedOperationsAreRead(String file, String code) {
        answer("ZoneOperations.Get", file);

        Operation operation = Outcomes.done(calls.operation("us-central1-a", "operation-1354084865060"));

        assertThat(operation.getStatus()).isEqualTo(Operation.Status.DONE);
        assertThat(GoogleErrors.of(operation)).hasValueSatisfying(error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.status()).isEqualTo(400);
        });
    }

    @Test
    void doneOperationsAreRead() {
        answer("ZoneOperations.Get", "zone_operation.json");
        answer("ZoneOperations.List", "zone_operation_list.json");

        Operation done = Outcomes.done(calls.operation("us-central1-a", "operation-1354084865060"));

        assertThat(done.getStatus()).isEqualTo(Operation.Status.DONE);
        assertThat(GoogleErrors.of(done)).isEmpty();
        assertThat(Outcomes.done(calls.operationsOf("us-central1-a", 1)).getItemsList())
                .singleElement()
                .satisfies(
                        one -> assertThat(one.getTargetId()).isEqualTo(Long.parseUnsignedLong("13053094017547040099")));
    }

    @Test
    void regionsWithQuotasOfThatTimeHaveNoneOfCards() {
        answer("Regions.List", "region_list.json");
        answer("Regions.List", "region_list.json");

        assertThat(Outcomes.done(calls.regions()).getItemsList())
                .isNotEmpty()
                .allMatch(region -> region.getQuotasCount() > 0);
        assertThat(Outcomes.done(provider.quotas()))
                .allMatch(quota -> quota.accelerator().isEmpty());
    }

    @Test
    void zonesAndMachineTypesAreRead() throws IOException {
        answer("Zones.List", "zone_list.json");
        answer("MachineTypes.List", "machinetype_list.json");

        assertThat(clients.zones()
                        .list(ListZonesRequest.newBuilder()
                                .setProject(ComputeFake.PROJECT)
                                .build())
                        .iterateAll())
                .allMatch(zone -> GoogleNames.zone(zone.getName()).isPresent())
                .isNotEmpty();
        try (MachineTypesClient types = MachineTypesClient.create(MachineTypesSettings.newBuilder()
                .setEndpoint(harness.fake().endpoint())
                .setCredentialsProvider(NoCredentialsProvider.create())
                .build())) {
            assertThat(types.list(ListMachineTypesRequest.newBuilder()
                                    .setProject(ComputeFake.PROJECT)
                                    .setZone("us-central1-a")
                                    .build())
                            .iterateAll())
                    .isNotEmpty()
                    .allMatch(type -> type.getGuestCpus() > 0 && type.getMemoryMb() > 0);
        }
    }

    @Test
    void consoleWithoutPositionsIsRead() {
        answer("Instances.GetSerialPortOutput", "instance_serial_port.json");

        assertThat(Outcomes.done(calls.console("us-central1-a", "test-instance", 0))
                        .getContents())
                .isEqualTo("console output");
    }

    /// The fake's replies are about an instance that is there and a launch that failed.
    @Test
    void fakeSaysTheSameTypes() throws IOException, InterruptedException {
        String id = Outcomes.done(provider.launch(harness.request(harness.spotOffer(), "lineage-a", 1)))
                .id();
        harness.clock().advance(Duration.ofMinutes(1));
        harness.fake().cloud().say("us-central1-a", id, "ready\n");
        harness.fake().fault("Instances.Insert", harness.noRoom());
        var _ = provider.launch(harness.request(harness.spotOffer(), "lineage-a", 2));
        String asked = harness.fake().recorded("ZoneOperations.Get").getLast().path();
        String operation = asked.substring(asked.lastIndexOf('/') + 1);
        String zone = "/zones/us-central1-a";

        try (HttpClient http = HttpClient.newHttpClient()) {
            requireSameTypes("aggregated_instance_list.json", faked(http, "/aggregated/instances"));
            requireSameTypes("aggregated_instance_list_empty.json", faked(http, "/aggregated/instances"));
            requireSameTypes("instance_get.json", faked(http, zone + "/instances/" + id));
            requireSameTypes("instance_list.json", faked(http, zone + "/instances"));
            requireSameTypes("zone_operation.json", faked(http, zone + "/operations/" + operation));
            requireSameTypes("zone_operation_error.json", faked(http, zone + "/operations/" + operation));
            requireSameTypes("zone_operation_list.json", faked(http, zone + "/operations"));
            requireSameTypes("region_list.json", faked(http, "/regions"));
            requireSameTypes("region_get.json", faked(http, "/regions/us-central1"));
            requireSameTypes("zone_list.json", faked(http, "/zones"));
            requireSameTypes("zone_get.json", faked(http, zone));
            requireSameTypes("machinetype_list.json", faked(http, zone + "/machineTypes"));
            requireSameTypes("aggregated_machinetype_list.json", faked(http, "/aggregated/machineTypes"));
            requireSameTypes("instance_serial_port.json", faked(http, zone + "/instances/" + id + "/serialPort"));
        }
    }

    private static void requireSameTypes(String file, String reply) {
        List<String> keyed = List.of("items", "labels");
        SortedMap<String, SortedSet<String>> recorded = GoogleJson.REPLIES.types(RecordedReplies.read(file), keyed);
        SortedMap<String, SortedSet<String>> faked = GoogleJson.REPLIES.types(reply, keyed);

        faked.keySet().retainAll(recorded.keySet());
        recorded.keySet().retainAll(faked.keySet());

        assertThat(faked).as(file).isNotEmpty().isEqualTo(recorded);
    }

    private String faked(HttpClient http, String path) throws IOException, InterruptedException {
        String address = harness.fake().endpoint() + "/compute/v1/projects/" + ComputeFake.PROJECT + path;
        var reply =
                http.send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(reply.statusCode()).as(address).isEqualTo(200);
        return reply.body();
    }

    private dev.skyhedge.spi.Instance ours(Instance recorded) {
        Instance labelled = recorded.toBuilder()
                .putAllLabels(CloudTags.write(
                        harness.request(harness.spotOffer(), "lineage-a", 1).tags()))
                .putLabels(Labels.PORT, "8000")
                .build();
        Optional<dev.skyhedge.spi.Instance> read =
                reader.read(labelled, "", harness.clock().instant());
        return read.orElseThrow();
    }

    private void answer(String call, String file) {
        harness.fake().fault(call, new Fault.Canned(200, RecordedReplies.read(file)));
    }
}
