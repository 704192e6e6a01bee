package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.SubnetInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What machines of one region join.
///
/// @param lack what keeps machines from being launched there
/// @param firewalls the network security groups that all have to admit a caller: the subnet's and the interface's
record RegionNetwork(Optional<Lack> lack, List<Firewall> firewalls) {
    /// @param detail what is missing
    /// @param remedy how to make it, a command
    record Lack(String detail, String remedy) {}

    /// @param group its resource group
    /// @param rules as they are
    record Firewall(String group, NetworkSecurityGroupInner rules) {}

    private static final String SEPARATE = "another subscription has it";

    RegionNetwork {
        firewalls = List.copyOf(firewalls);
    }

    /// Reads it; what is not there is no failure. What is in another subscription is.
    static Outcome<RegionNetwork> read(NetworkCalls calls, AzureSettings settings, String region) {
        MachineSettings machine = settings.machine();
        Optional<NetworkResource> named = NetworkResource.of(in(region, machine.subnet()), settings.subscription());
        if (named.isEmpty()) {
            return Outcome.failed(Failure.unsupportedEverywhere("subnet " + machine.subnet() + ": " + SEPARATE));
        }
        return switch (calls.virtualNetwork(named.get())) {
            case Outcome.Failed<VirtualNetworkInner>(Failure.NotFound _) -> lacking(noNetwork(named.get(), region));
            case Outcome.Failed<VirtualNetworkInner>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<VirtualNetworkInner>(VirtualNetworkInner network) ->
                found(calls, settings, region, named.get(), network);
        };
    }

    private static Outcome<RegionNetwork> found(
            NetworkCalls calls,
            AzureSettings settings,
            String region,
            NetworkResource named,
            VirtualNetworkInner network) {
        if (network.location() != null && !AzureNames.region(network.location()).equals(region)) {
            return lacking(elsewhere("virtual network " + named.name(), network.location(), region));
        }
        String name = named.subnet().orElseThrow();
        Optional<SubnetInner> subnet = network.subnets() == null
                ? Optional.empty()
                : network.subnets().stream()
                        .filter(one -> one != null && name.equalsIgnoreCase(one.name()))
                        .findFirst();
        if (subnet.isEmpty()) {
            return lacking(noSubnet(named));
        }
        List<String> ids = new ArrayList<>();
        Optional.ofNullable(subnet.get().networkSecurityGroup())
                .flatMap(group -> Optional.ofNullable(group.id()))
                .ifPresent(ids::add);
        settings.machine()
                .firewall()
                .map(id -> in(region, id))
                .filter(id -> ids.stream().noneMatch(id::equalsIgnoreCase))
                .ifPresent(ids::add);
        return firewalls(calls, settings, region, ids);
    }

    private static Outcome<RegionNetwork> firewalls(
            NetworkCalls calls, AzureSettings settings, String region, List<String> ids) {
        List<Firewall> firewalls = new ArrayList<>();
        for (String id : ids) {
            Optional<NetworkResource> named = NetworkResource.of(id, settings.subscription());
            if (named.isEmpty()) {
                return Outcome.failed(Failure.unsupportedEverywhere("network security group " + id + ": " + SEPARATE));
            }
            switch (calls.securityGroup(named.get())) {
                case Outcome.Failed<NetworkSecurityGroupInner>(Failure.NotFound _) -> {
                    return lacking(noFirewall(named.get(), region));
                }
                case Outcome.Failed<NetworkSecurityGroupInner>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<NetworkSecurityGroupInner>(NetworkSecurityGroupInner group) -> {
                    if (group.location() != null
                            && !AzureNames.region(group.location()).equals(region)) {
                        return lacking(elsewhere(
                                "network security group " + named.get().name(), group.location(), region));
                    }
                    firewalls.add(new Firewall(named.get().group(), group));
                }
            }
        }
        return Outcome.done(new RegionNetwork(Optional.empty(), firewalls));
    }

    private static Outcome<RegionNetwork> lacking(Lack lack) {
        return Outcome.done(new RegionNetwork(Optional.of(lack), List.of()));
    }

    private static Lack noNetwork(NetworkResource named, String region) {
        return new Lack(
                "no virtual network " + named.name() + " in resource group " + named.group(),
                "Make it: `az group create --name " + named.group() + " --location " + region
                        + "`, `az network vnet create --resource-group " + named.group() + " --name " + named.name()
                        + " --location " + region + " --subnet-name "
                        + named.subnet().orElseThrow() + "`");
    }

    private static Lack noSubnet(NetworkResource named) {
        String subnet = named.subnet().orElseThrow();
        return new Lack(
                "no subnet " + subnet + " in virtual network " + named.name(),
                "Make it: `az network vnet subnet create --resource-group " + named.group() + " --vnet-name "
                        + named.name() + " --name " + subnet + " --address-prefixes RANGE`");
    }

    private static Lack noFirewall(NetworkResource named, String region) {
        return new Lack(
                "no network security group " + named.name() + " in resource group " + named.group(),
                "Make it: `" + newFirewall(named.group(), named.name(), region) + "`");
    }

    static String newFirewall(String group, String name, String region) {
        return "az network nsg create --resource-group " + group + " --name " + name + " --location " + region;
    }

    private static Lack elsewhere(String what, String there, String region) {
        return new Lack(
                what + " is in " + there + ", not in " + region,
                "Let its name hold " + MachineSettings.REGION + ", with one for each region");
    }

    private static String in(String region, String id) {
        return id.replace(MachineSettings.REGION, region);
    }
}
