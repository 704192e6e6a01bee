package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.AcceleratorConfig;
import com.google.cloud.compute.v1.AccessConfig;
import com.google.cloud.compute.v1.AttachedDisk;
import com.google.cloud.compute.v1.AttachedDiskInitializeParams;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.Items;
import com.google.cloud.compute.v1.Metadata;
import com.google.cloud.compute.v1.NetworkInterface;
import com.google.cloud.compute.v1.Scheduling;
import com.google.cloud.compute.v1.ServiceAccount;
import com.google.cloud.compute.v1.Tags;
import dev.skyhedge.providers.cloud.boot.BootScript;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Market;
import java.util.Map;

/// The instance that a launch asks for. The same request makes the same bytes, whenever and wherever it is made.
final class InstanceOrder {
    static final String STARTUP_SCRIPT = "startup-script";
    static final String SPOT = "SPOT";
    private static final String STANDARD = "STANDARD";
    private static final String CPU = "CPU";

    private InstanceOrder() {}

    static Instance of(LaunchRequest request, String name, String bootScript, MachineSettings settings) {
        String zone = zone(request);
        MachineOrder shape = MachineOrder.parse(request.offer().instanceType());
        Map<String, String> labels = Labels.of(request);
        Instance.Builder order = Instance.newBuilder()
                .setName(name)
                .setMachineType(zone + "/machineTypes/" + shape.machineType())
                .putAllLabels(labels)
                .setScheduling(scheduling(request))
                .addDisks(bootDisk(request, labels, settings))
                .addNetworkInterfaces(network(settings))
                .setTags(Tags.newBuilder().addItems(settings.networkTag()))
                .setMetadata(metadata(bootScript, settings));
        shape.cards()
                .ifPresent(cards -> order.addGuestAccelerators(AcceleratorConfig.newBuilder()
                        .setAcceleratorType(zone + "/acceleratorTypes/" + cards.type())
                        .setAcceleratorCount(cards.count())));
        settings.serviceAccount()
                .ifPresent(email -> order.addServiceAccounts(ServiceAccount.newBuilder()
                        .setEmail(email)
                        .addScopes("https://www.googleapis.com/auth/cloud-platform")));
        return order.build();
    }

    /// A spot instance is deleted when it is taken back, so that no disk of it is left; nothing restarts by
    /// itself, because replacing a replica is the planner's decision. Instances with cards cannot migrate.
    private static Scheduling scheduling(LaunchRequest request) {
        boolean spot = request.offer().market() == Market.SPOT;
        Accelerator accelerator = request.offer().accelerator();
        Scheduling.Builder scheduling =
                Scheduling.newBuilder().setAutomaticRestart(false).setProvisioningModel(spot ? SPOT : STANDARD);
        if (spot) {
            scheduling.setInstanceTerminationAction("DELETE");
        }
        if (spot || !accelerator.type().equals(CPU)) {
            scheduling.setOnHostMaintenance("TERMINATE");
        }
        return scheduling.build();
    }

    private static Metadata metadata(String bootScript, MachineSettings settings) {
        Metadata.Builder metadata = Metadata.newBuilder()
                .addItems(item(STARTUP_SCRIPT, bootScript))
                .addItems(item("shutdown-script", BootScript.shutdownScript()));
        settings.sshKey().ifPresent(key -> metadata.addItems(item("ssh-keys", key)));
        return metadata.build();
    }

    private static Items item(String key, String value) {
        return Items.newBuilder().setKey(key).setValue(value).build();
    }

    private static String zone(LaunchRequest request) {
        return "zones/" + request.offer().location().zone();
    }

    private static AttachedDisk bootDisk(LaunchRequest request, Map<String, String> labels, MachineSettings settings) {
        String zone = zone(request);
        return AttachedDisk.newBuilder()
                .setBoot(true)
                .setAutoDelete(true)
                .setInitializeParams(AttachedDiskInitializeParams.newBuilder()
                        .setSourceImage(settings.image())
                        .setDiskSizeGb(request.diskGb().orElse(settings.diskGb()))
                        .setDiskType(zone + "/diskTypes/" + settings.diskType())
                        .putAllLabels(labels))
                .build();
    }

    private static NetworkInterface network(MachineSettings settings) {
        NetworkInterface.Builder nic = NetworkInterface.newBuilder();
        settings.subnetwork().ifPresentOrElse(nic::setSubnetwork, () -> nic.setNetwork(settings.network()));
        if (settings.publicAddress()) {
            nic.addAccessConfigs(
                    AccessConfig.newBuilder().setName("External NAT").setType("ONE_TO_ONE_NAT"));
        }
        return nic.build();
    }
}
