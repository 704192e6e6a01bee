package dev.skyhedge.providers.azure;

import com.azure.core.management.SubResource;
import com.azure.resourcemanager.compute.fluent.models.VirtualMachineInner;
import com.azure.resourcemanager.compute.models.BillingProfile;
import com.azure.resourcemanager.compute.models.DeleteOptions;
import com.azure.resourcemanager.compute.models.DiskCreateOptionTypes;
import com.azure.resourcemanager.compute.models.DiskDeleteOptionTypes;
import com.azure.resourcemanager.compute.models.HardwareProfile;
import com.azure.resourcemanager.compute.models.ImageReference;
import com.azure.resourcemanager.compute.models.LinuxConfiguration;
import com.azure.resourcemanager.compute.models.ManagedDiskParameters;
import com.azure.resourcemanager.compute.models.NetworkApiVersion;
import com.azure.resourcemanager.compute.models.NetworkProfile;
import com.azure.resourcemanager.compute.models.OSDisk;
import com.azure.resourcemanager.compute.models.OSProfile;
import com.azure.resourcemanager.compute.models.PublicIpAddressSku;
import com.azure.resourcemanager.compute.models.PublicIpAddressSkuName;
import com.azure.resourcemanager.compute.models.PublicIpAllocationMethod;
import com.azure.resourcemanager.compute.models.ResourceIdentityType;
import com.azure.resourcemanager.compute.models.ScheduledEventsProfile;
import com.azure.resourcemanager.compute.models.SshConfiguration;
import com.azure.resourcemanager.compute.models.SshPublicKey;
import com.azure.resourcemanager.compute.models.StorageAccountTypes;
import com.azure.resourcemanager.compute.models.StorageProfile;
import com.azure.resourcemanager.compute.models.TerminateNotificationProfile;
import com.azure.resourcemanager.compute.models.VirtualMachineEvictionPolicyTypes;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentity;
import com.azure.resourcemanager.compute.models.VirtualMachineIdentityUserAssignedIdentities;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineNetworkInterfaceIpConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachinePriorityTypes;
import com.azure.resourcemanager.compute.models.VirtualMachinePublicIpAddressConfiguration;
import com.azure.resourcemanager.compute.models.VirtualMachineSizeTypes;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The virtual machine that a launch asks for. The same request makes the same bytes, whenever and wherever it
/// is made.
final class MachineOrder {
    private static final String USER = "skyhedge";

    /// The machine is told of its deletion and may delay it; the agent in it agrees as soon as it has drained.
    private static final String TERMINATE_NOTICE = "PT5M";

    /// Spot without a price limit: never more than the on-demand price, and evicted for capacity only.
    private static final double NO_MAX_PRICE = -1;

    private MachineOrder() {}

    static VirtualMachineInner of(LaunchRequest request, String name, String bootScript, MachineSettings settings) {
        Location location = request.offer().location();
        Map<String, String> tags = Tags.of(request, bootScript);
        VirtualMachineInner order = new VirtualMachineInner()
                .withTags(tags)
                .withHardwareProfile(new HardwareProfile()
                        .withVmSize(VirtualMachineSizeTypes.fromString(
                                request.offer().instanceType())))
                .withStorageProfile(storage(request, settings))
                .withOsProfile(system(name, bootScript, settings))
                .withNetworkProfile(network(name, location.region(), tags, settings));
        order.withLocation(location.region());
        if (!location.zone().equals(AzureNames.REGIONAL)) {
            order.withZones(List.of(location.zone()));
        }
        if (request.offer().market() == Market.SPOT) {
            // Evicted machines are deleted: a deallocated one would keep its disk, billed, and its quota.
            order.withPriority(VirtualMachinePriorityTypes.SPOT)
                    .withEvictionPolicy(VirtualMachineEvictionPolicyTypes.DELETE)
                    .withBillingProfile(new BillingProfile().withMaxPrice(NO_MAX_PRICE));
        }
        if (request.notices().isPresent()) {
            order.withScheduledEventsProfile(new ScheduledEventsProfile()
                    .withTerminateNotificationProfile(new TerminateNotificationProfile()
                            .withEnable(true)
                            .withNotBeforeTimeout(TERMINATE_NOTICE)));
        }
        settings.identity()
                .ifPresent(id -> order.withIdentity(new VirtualMachineIdentity()
                        .withType(ResourceIdentityType.USER_ASSIGNED)
                        .withUserAssignedIdentities(Map.of(id, new VirtualMachineIdentityUserAssignedIdentities()))));
        return order;
    }

    private static StorageProfile storage(LaunchRequest request, MachineSettings settings) {
        return new StorageProfile()
                .withImageReference(image(settings.image()))
                .withOsDisk(new OSDisk()
                        .withCreateOption(DiskCreateOptionTypes.FROM_IMAGE)
                        .withDiskSizeGB(request.diskGb().orElse(settings.diskGb()))
                        .withDeleteOption(DiskDeleteOptionTypes.DELETE)
                        .withManagedDisk(new ManagedDiskParameters()
                                .withStorageAccountType(StorageAccountTypes.fromString(settings.diskType()))));
    }

    private static ImageReference image(String image) {
        if (image.startsWith("/")) {
            return new ImageReference().withId(image);
        }
        String[] parts = image.split(":", 4);
        return new ImageReference()
                .withPublisher(parts[0])
                .withOffer(parts[1])
                .withSku(parts[2])
                .withVersion(parts[3]);
    }

    private static OSProfile system(String name, String bootScript, MachineSettings settings) {
        SshPublicKey key = new SshPublicKey()
                .withPath("/home/" + USER + "/.ssh/authorized_keys")
                .withKeyData(settings.sshKey());
        return new OSProfile()
                .withComputerName(name)
                .withAdminUsername(USER)
                .withCustomData(Base64.getEncoder().encodeToString(bootScript.getBytes(StandardCharsets.UTF_8)))
                .withLinuxConfiguration(new LinuxConfiguration()
                        .withDisablePasswordAuthentication(true)
                        .withSsh(new SshConfiguration().withPublicKeys(List.of(key))));
    }

    /// Interface and address are made with the machine and go with it, so that nothing of them can be left.
    private static NetworkProfile network(
            String name, String region, Map<String, String> tags, MachineSettings settings) {
        VirtualMachineNetworkInterfaceIpConfiguration address = new VirtualMachineNetworkInterfaceIpConfiguration()
                .withName(name)
                .withPrimary(true)
                .withSubnet(resource(settings.subnet(), region));
        if (settings.publicAddress()) {
            address.withPublicIpAddressConfiguration(new VirtualMachinePublicIpAddressConfiguration()
                    .withName(name)
                    .withTags(tags)
                    .withSku(new PublicIpAddressSku().withName(PublicIpAddressSkuName.STANDARD))
                    .withPublicIpAllocationMethod(PublicIpAllocationMethod.STATIC)
                    .withDeleteOption(DeleteOptions.DELETE));
        }
        VirtualMachineNetworkInterfaceConfiguration nic = new VirtualMachineNetworkInterfaceConfiguration()
                .withName(name)
                .withTags(tags)
                .withPrimary(true)
                .withDeleteOption(DeleteOptions.DELETE)
                .withIpConfigurations(List.of(address));
        settings.firewall().ifPresent(id -> nic.withNetworkSecurityGroup(resource(id, region)));
        return new NetworkProfile()
                .withNetworkApiVersion(NetworkApiVersion.TWO_ZERO_TWO_ZERO_ONE_ONE_ZERO_ONE)
                .withNetworkInterfaceConfigurations(List.of(nic));
    }

    private static SubResource resource(String id, String region) {
        return new SubResource().withId(id.replace(MachineSettings.REGION, region));
    }
}
