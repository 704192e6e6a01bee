package dev.skyhedge.providers.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.AccessConfig;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Market;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Endpoints that are not Google's leave out what they do not care for.
class InstanceReaderTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");

    private final InstanceReader reader = new InstanceReader(new Sales(new GcpProviderFactory().shippedPrices()));

    @Test
    void barestInstanceThatIsOursIsRead() {
        dev.skyhedge.spi.Instance read = read(labelled().build());

        assertThat(read.state()).isEqualTo(InstanceState.PENDING);
        assertThat(read.launchedAt()).isEqualTo(NOW);
        assertThat(read.offer().location()).hasToString("gcp/us-central1/us-central1-a");
        assertThat(read.offer().market()).isEqualTo(Market.ON_DEMAND);
        assertThat(read.endpoint()).isEmpty();
    }

    @Test
    void instanceThatIsNotOursIsNotRead() {
        assertThat(reader.read(Instance.newBuilder().setName("db").build(), "zones/us-central1-a", NOW))
                .isEmpty();
    }

    @Test
    void plainNamesServeAsWellAsLinks() {
        Instance plain =
                labelled().setZone("us-east1-b").setMachineType("g2-standard-8").build();

        assertThat(read(plain).offer().instanceType()).isEqualTo("g2-standard-8");
        assertThat(read(plain).offer().location()).hasToString("gcp/us-east1/us-east1-b");
        assertThat(read(plain).offer().accelerator()).hasToString("L4:1");
    }

    @Test
    void olderWayToAskForSpotCountsToo() {
        Instance preemptible = labelled()
                .setScheduling(Scheduling.newBuilder().setPreemptible(true))
                .build();

        assertThat(read(preemptible).offer().market()).isEqualTo(Market.SPOT);
    }

    @Test
    void builtInCardsThatAreListedAsAttachedOnesAreNotCountedTwice() {
        Instance listed = labelled()
                .setMachineType("g2-standard-4")
                .addGuestAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType("zones/us-central1-a/acceleratorTypes/nvidia-l4")
                        .setAcceleratorCount(1))
                .build();

        assertThat(read(listed).offer().instanceType()).isEqualTo("g2-standard-4");
    }

    @Test
    void machineWithoutAPublicAddressIsReachedInside() {
        Instance inside = labelled()
                .setStatus("RUNNING")
                .putLabels("skyhedge-port", "8000")
                .addNetworkInterfaces(NetworkInterface.newBuilder()
                        .setNetworkIP("10.128.0.2")
                        .addAccessConfigs(AccessConfig.newBuilder().setName("External NAT")))
                .build();

        assertThat(read(inside).endpoint().orElseThrow()).hasToString("10.128.0.2:8000");
    }

    @ParameterizedTest
    @CsvSource({
        "PROVISIONING,PENDING",
        "STAGING,PENDING",
        "RUNNING,RUNNING",
        "STOPPING,STOPPING",
        "DEPROVISIONING,STOPPING",
        "TERMINATED,ENDED",
        "SUSPENDED,ENDED",
        "SOMETHING_NEW,PENDING"
    })
    void statusGivesTheState(String status, InstanceState state) {
        assertThat(read(labelled().setStatus(status).build()).state()).isEqualTo(state);
    }

    @Test
    void timeWithAnyOffsetIsRead() {
        assertThat(read(labelled()
                                .setCreationTimestamp("2026-10-31T16:59:59.000-07:00")
                                .build())
                        .launchedAt())
                .isEqualTo("2026-10-31T23:59:59Z");
        assertThat(read(labelled().setCreationTimestamp("yesterday").build()).launchedAt())
                .isEqualTo(NOW);
    }

    private dev.skyhedge.spi.Instance read(Instance found) {
        return reader.read(found, "zones/us-central1-a", NOW).orElseThrow();
    }

    private static Instance.Builder labelled() {
        return Instance.newBuilder()
                .setName("sh-chat-1-abc")
                .putLabels("skyhedge-lineage", "a")
                .putLabels("skyhedge-service", "chat")
                .putLabels("skyhedge-replica", "chat-1")
                .putLabels("skyhedge-generation", "1")
                .putLabels("skyhedge-token", "tabc");
    }
}
