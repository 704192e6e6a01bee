package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.Subnetwork;
import dev.skyhedge.providers.cloud.diagnosis.Ports;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Whether anybody could reach machines that are launched now, by the firewall rules and subnetworks of their
/// network. Firewall policies of folders and organizations are not looked at.
final class Reachability {
    private final GcpSettings settings;
    private final ComputeCalls calls;

    Reachability(GcpSettings settings, ComputeCalls calls) {
        this.settings = settings;
        this.calls = calls;
    }

    List<Finding> look(List<LocationPattern> places, SortedSet<Integer> ports) {
        if (settings.machine().subnetwork().isPresent()) {
            return List.of(new Finding.Notable(
                    "network",
                    "subnetwork " + settings.machine().subnetwork().get()
                            + " is named: which network's rules count is not looked at",
                    "Check that they admit TCP " + Ports.words(ports) + " to machines with the tag "
                            + settings.machine().networkTag() + "."));
        }
        List<Finding> findings = new ArrayList<>();
        switch (calls.subnetworks()) {
            case Outcome.Failed<List<Subnetwork>>(Failure failure) ->
                findings.add(unseen(failure, "compute.subnetworks.list"));
            case Outcome.Done<List<Subnetwork>>(List<Subnetwork> all) -> subnetworks(all, places, findings);
        }
        if (!settings.machine().publicAddress()) {
            findings.add(new Finding.Good("addresses", "private, as public_address says: reached from inside only"));
        }
        switch (calls.firewalls()) {
            case Outcome.Failed<List<Firewall>>(Failure failure) ->
                findings.add(unseen(failure, "compute.firewalls.list"));
            case Outcome.Done<List<Firewall>>(List<Firewall> all) -> findings.add(admission(all, ports));
        }
        return findings;
    }

    private static Finding unseen(Failure failure, String permission) {
        return new Finding.Notable(
                "network",
                "it cannot be seen whether machines can be reached: " + failure.message(),
                "Permit " + permission + ".");
    }

    private void subnetworks(List<Subnetwork> all, List<LocationPattern> places, List<Finding> findings) {
        String network = FirewallRules.name(settings.machine().network());
        SortedSet<String> there = all.stream()
                .filter(one -> FirewallRules.name(one.getNetwork()).equals(network))
                .map(one -> FirewallRules.name(one.getRegion()))
                .collect(Collectors.toCollection(TreeSet::new));
        List<String> without = places.stream()
                .map(LocationPattern::region)
                .filter(region -> !region.endsWith("*") && !there.contains(region))
                .distinct()
                .toList();
        if (there.isEmpty() || !without.isEmpty()) {
            findings.add(new Finding.Bad(
                    "network",
                    "network " + network + " has no subnetwork in "
                            + (there.isEmpty() ? "any region" : Ports.places(without)),
                    "Make one there, name another network with network, or leave these regions out of locations."));
        }
    }

    private Finding admission(List<Firewall> all, SortedSet<Integer> ports) {
        MachineSettings machine = settings.machine();
        FirewallRules rules = new FirewallRules(all, machine, machine.publicAddress());
        SortedSet<String> admitted = new TreeSet<>();
        for (int port : ports) {
            SortedSet<String> here = rules.admittedTo(port);
            if (here.isEmpty()) {
                return new Finding.Bad(
                        Ports.words(ports),
                        "closed: no rule of network " + FirewallRules.name(machine.network()) + " admits port " + port
                                + " to machines with the tag " + machine.networkTag(),
                        "Admit the address of the machine that runs Skyhedge: `gcloud compute firewall-rules create"
                                + " skyhedge-" + port + " --project=" + settings.project() + " --network="
                                + FirewallRules.name(machine.network()) + " --allow=tcp:" + port + " --target-tags="
                                + machine.networkTag() + " --source-ranges=ADDRESS/32`.");
            }
            admitted.addAll(here);
        }
        return new Finding.Good(Ports.words(ports), "open to " + Ports.places(admitted));
    }
}
