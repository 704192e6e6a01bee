package dev.skyhedge.providers.azure;

import com.azure.core.util.Context;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkSecurityGroupInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import com.azure.resourcemanager.network.fluent.models.VirtualNetworkInner;
import dev.skyhedge.spi.Outcome;
import java.util.List;

/// The calls about networks.
record NetworkCalls(ComputeCalls calls, AzureClients clients) {
    Outcome<List<NetworkInterfaceInner>> interfaces(String group) {
        return calls.pages(() -> clients.network().getNetworkInterfaces().listByResourceGroup(group));
    }

    Outcome<List<PublicIpAddressInner>> addresses(String group) {
        return calls.pages(() -> clients.network().getPublicIpAddresses().listByResourceGroup(group));
    }

    /// The virtual network, with its subnets.
    Outcome<VirtualNetworkInner> virtualNetwork(NetworkResource named) {
        return calls.value(
                "read",
                () -> clients.network()
                        .getVirtualNetworks()
                        .getByResourceGroupWithResponse(named.group(), named.name(), null, Context.NONE)
                        .getValue());
    }

    /// The network security group, with its rules.
    Outcome<NetworkSecurityGroupInner> securityGroup(NetworkResource named) {
        return calls.value(
                "read",
                () -> clients.network()
                        .getNetworkSecurityGroups()
                        .getByResourceGroupWithResponse(named.group(), named.name(), null, Context.NONE)
                        .getValue());
    }
}
