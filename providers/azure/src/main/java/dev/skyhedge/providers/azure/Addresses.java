package dev.skyhedge.providers.azure;

import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceInner;
import com.azure.resourcemanager.network.fluent.models.NetworkInterfaceIpConfigurationInner;
import com.azure.resourcemanager.network.fluent.models.PublicIpAddressInner;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceState;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Finds out where machines are reached. A machine names its interfaces only, and an interface its public
/// address, so both are listed for a group in which a running machine's address is not known yet; it does
/// not change after that.
final class Addresses {
    private final NetworkCalls calls;

    Addresses(NetworkCalls calls) {
        this.calls = calls;
    }

    /// The instances whose endpoint became known now. If a list fails it is tried again with the next look.
    ///
    /// @param ports the ports of workloads by the id of their instance
    List<Instance> complete(Collection<Instance> seen, Map<String, Integer> ports, KnownInstances known) {
        List<Instance> without = seen.stream()
                .filter(one ->
                        one.state() == InstanceState.RUNNING && one.endpoint().isEmpty())
                .toList();
        SortedSet<String> groups = new TreeSet<>();
        without.forEach(one -> MachineId.parse(one.id()).ifPresent(id -> groups.add(id.group())));
        Map<MachineId, String> hosts = new HashMap<>();
        groups.forEach(group -> hosts.putAll(hosts(group)));
        List<Instance> completed = new ArrayList<>();
        for (Instance one : without) {
            MachineId.parse(one.id())
                    .flatMap(id -> Optional.ofNullable(hosts.get(id)))
                    .flatMap(host -> Optional.ofNullable(ports.get(one.id())).map(port -> new Endpoint(host, port)))
                    .ifPresent(endpoint -> completed.add(known.saw(at(one, endpoint))));
        }
        return completed;
    }

    private static Instance at(Instance one, Endpoint endpoint) {
        return new Instance(
                one.id(), one.offer(), one.tags(), one.state(), Optional.of(endpoint), one.launchedAt(), one.end());
    }

    private Map<MachineId, String> hosts(String group) {
        Map<MachineId, String> hosts = new HashMap<>();
        if (calls.interfaces(group)
                instanceof Outcome.Done<List<NetworkInterfaceInner>>(List<NetworkInterfaceInner> interfaces)) {
            Map<String, String> outside = outside(group);
            for (NetworkInterfaceInner one : interfaces) {
                machine(one).ifPresent(id -> host(one, outside).ifPresent(host -> hosts.put(id, host)));
            }
        }
        return hosts;
    }

    /// Public addresses by their id in lower case.
    private Map<String, String> outside(String group) {
        Map<String, String> outside = new HashMap<>();
        if (calls.addresses(group)
                instanceof Outcome.Done<List<PublicIpAddressInner>>(List<PublicIpAddressInner> listed)) {
            for (PublicIpAddressInner one : listed) {
                if (one.id() != null && one.ipAddress() != null) {
                    outside.put(one.id().toLowerCase(Locale.ROOT), one.ipAddress());
                }
            }
        }
        return outside;
    }

    private static Optional<MachineId> machine(NetworkInterfaceInner one) {
        return Optional.ofNullable(one.virtualMachine())
                .flatMap(machine -> Optional.ofNullable(machine.id()))
                .flatMap(MachineId::ofResource);
    }

    /// The public address, once it is there for a machine that has one; the internal one for any other.
    private static Optional<String> host(NetworkInterfaceInner one, Map<String, String> outside) {
        if (one.ipConfigurations() == null
                || one.ipConfigurations().isEmpty()
                || one.ipConfigurations().getFirst() == null) {
            return Optional.empty();
        }
        NetworkInterfaceIpConfigurationInner first = one.ipConfigurations().getFirst();
        Optional<String> publicId =
                Optional.ofNullable(first.publicIpAddress()).flatMap(address -> Optional.ofNullable(address.id()));
        return publicId.isPresent()
                ? publicId.map(id -> outside.get(id.toLowerCase(Locale.ROOT)))
                : Optional.ofNullable(first.privateIpAddress());
    }
}
