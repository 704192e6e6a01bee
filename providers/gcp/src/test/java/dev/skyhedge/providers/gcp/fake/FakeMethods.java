package dev.skyhedge.providers.gcp.fake;

import com.google.cloud.compute.v1.AcceleratorType;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.MachineType;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.Quota;
import com.google.cloud.compute.v1.Region;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.Subnetwork;
import com.google.cloud.compute.v1.Zone;
import dev.skyhedge.providers.cloud.fake.Fault;
import dev.skyhedge.providers.cloud.fake.Refusal;
import dev.skyhedge.providers.gcp.fake.ListReplies.Scoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// What each method of the API answers, as JSON text.
final class FakeMethods {
    private final FakeCompute cloud;

    FakeMethods(FakeCompute cloud) {
        this.cloud = cloud;
    }

    /// @throws Refusal if the API refuses it
    String answer(String method, ApiMethod.Request request, Optional<Fault.OperationFails> planned) {
        if (!request.value("project").equals(cloud.project())) {
            throw new Refusal(
                    403,
                    "forbidden",
                    "Required 'compute.instances.list' permission for 'projects/" + request.value("project") + "'");
        }
        return switch (method) {
            case "Instances.Insert" ->
                ListReplies.text(cloud.insert(
                        request.value("zone"),
                        request.body(),
                        request.optional("request_id").orElse(""),
                        planned));
            case "Instances.Delete" -> ListReplies.text(cloud.delete(request.value("zone"), request.value("instance")));
            case "Instances.Get" -> ListReplies.text(cloud.get(request.value("zone"), request.value("instance")));
            case "Instances.List" -> instances(request);
            case "Instances.AggregatedList" -> allInstances(request);
            case "Instances.GetSerialPortOutput" -> console(request);
            case "ZoneOperations.Get", "ZoneOperations.Wait" ->
                ListReplies.text(cloud.operation(request.value("zone"), request.value("operation")));
            case "ZoneOperations.List" ->
                ListReplies.list(
                                request,
                                "compute#operationList",
                                ListReplies.operations(cloud.operations(Optional.of(request.value("zone")))),
                                Operation.getDefaultInstance())
                        .toString();
            case "GlobalOperations.AggregatedList" ->
                ListReplies.aggregated(
                                request,
                                "compute#operationAggregatedList",
                                "operations",
                                ListReplies.operations(cloud.operations(Optional.empty())),
                                Operation.getDefaultInstance(),
                                scopes(),
                                unreachable())
                        .toString();
            case "AcceleratorTypes.AggregatedList" ->
                ListReplies.aggregated(
                                request,
                                "compute#acceleratorTypeAggregatedList",
                                "acceleratorTypes",
                                ListReplies.acceleratorTypes(cloud, Optional.empty()),
                                AcceleratorType.getDefaultInstance(),
                                scopes(),
                                unreachable())
                        .toString();
            case "AcceleratorTypes.List" ->
                ListReplies.list(
                                request,
                                "compute#acceleratorTypeList",
                                ListReplies.acceleratorTypes(cloud, Optional.of(request.value("zone"))),
                                AcceleratorType.getDefaultInstance())
                        .toString();
            case "MachineTypes.AggregatedList" ->
                ListReplies.aggregated(
                                request,
                                "compute#machineTypeAggregatedList",
                                "machineTypes",
                                ListReplies.machineTypes(cloud, Optional.empty()),
                                MachineType.getDefaultInstance(),
                                scopes(),
                                unreachable())
                        .toString();
            case "MachineTypes.List" ->
                ListReplies.list(
                                request,
                                "compute#machineTypeList",
                                ListReplies.machineTypes(cloud, Optional.of(request.value("zone"))),
                                MachineType.getDefaultInstance())
                        .toString();
            case "Projects.Get" ->
                ListReplies.text(Project.newBuilder()
                        .setKind("compute#project")
                        .setName(cloud.project())
                        .addQuotas(Quota.newBuilder()
                                .setMetric(Stock.ALL_REGIONS)
                                .setLimit(cloud.limitOf("", Stock.ALL_REGIONS))
                                .setUsage(cloud.usageOf("", Stock.ALL_REGIONS)))
                        .build());
            case "Firewalls.List" ->
                ListReplies.list(
                                request,
                                "compute#firewallList",
                                cloud.network().rules().stream()
                                        .map(rule -> new Scoped("global", rule))
                                        .toList(),
                                Firewall.getDefaultInstance())
                        .toString();
            case "Subnetworks.AggregatedList" ->
                ListReplies.aggregated(
                                request,
                                "compute#subnetworkAggregatedList",
                                "subnetworks",
                                cloud.network().subnetworks().stream()
                                        .map(one ->
                                                new Scoped("regions/" + FakeInstance.lastSegment(one.getRegion()), one))
                                        .toList(),
                                Subnetwork.getDefaultInstance(),
                                cloud.geography().regions().stream()
                                        .map(name -> "regions/" + name)
                                        .toList(),
                                Set.of())
                        .toString();
            case "Regions.Get" -> ListReplies.text(region(request.value("region")));
            case "Regions.List" -> {
                List<Scoped> regions = new ArrayList<>();
                cloud.geography().regions().forEach(name -> regions.add(new Scoped("global", region(name))));
                yield ListReplies.list(request, "compute#regionList", regions, Region.getDefaultInstance())
                        .toString();
            }
            case "Zones.List" -> {
                List<Scoped> zones = new ArrayList<>();
                cloud.geography().accelerators().keySet().forEach(name -> zones.add(new Scoped("global", zone(name))));
                yield ListReplies.list(request, "compute#zoneList", zones, Zone.getDefaultInstance())
                        .toString();
            }
            case "Zones.Get" -> ListReplies.text(zone(request.value("zone")));
            default -> throw new Refusal(501, "notImplemented", "Not implemented: " + method);
        };
    }

    private String instances(ApiMethod.Request request) {
        String zone = request.value("zone");
        List<Instance> here = cloud.list().get(zone);
        if (here == null) {
            throw cloud.cutOffZones().contains(zone)
                    ? new Refusal(503, "backendError", "Backend Error")
                    : Refusals.invalid("zone", zone, "Unknown zone.");
        }
        return ListReplies.list(
                        request,
                        "compute#instanceList",
                        here.stream()
                                .map(one -> new Scoped("zones/" + zone, one))
                                .toList(),
                        Instance.getDefaultInstance())
                .toString();
    }

    private String allInstances(ApiMethod.Request request) {
        List<Scoped> all = new ArrayList<>();
        cloud.list().forEach((zone, here) -> here.forEach(one -> all.add(new Scoped("zones/" + zone, one))));
        return ListReplies.aggregated(
                        request,
                        "compute#instanceAggregatedList",
                        "instances",
                        all,
                        Instance.getDefaultInstance(),
                        scopes(),
                        unreachable())
                .toString();
    }

    private String console(ApiMethod.Request request) {
        byte[] all =
                cloud.console(request.value("zone"), request.value("instance")).getBytes(StandardCharsets.UTF_8);
        long asked = request.optional("start").map(Long::parseLong).orElse(0L);
        int start = (int) (asked < 0 ? Math.max(0, all.length + asked) : Math.min(asked, all.length));
        return ListReplies.text(SerialPortOutput.newBuilder()
                .setKind("compute#serialPortOutput")
                .setContents(new String(all, start, all.length - start, StandardCharsets.UTF_8))
                .setStart(start)
                .setNext(all.length)
                .build());
    }

    private Region region(String name) {
        if (!cloud.geography().regions().contains(name)) {
            throw Refusals.notFound("projects/" + cloud.project() + "/regions/" + name);
        }
        Region.Builder region = Region.newBuilder()
                .setKind("compute#region")
                .setName(name)
                .setStatus("UP")
                .setSelfLink(cloud.prefix() + "/regions/" + name);
        TreeSet<String> types = new TreeSet<>();
        for (String zone : cloud.geography().zonesOf(name)) {
            region.addZones(cloud.prefix() + "/zones/" + zone);
            types.addAll(cloud.geography().acceleratorsIn(zone).keySet());
        }
        for (String metric : metrics(types)) {
            region.addQuotas(Quota.newBuilder()
                    .setMetric(metric)
                    .setLimit(cloud.limitOf(name, metric))
                    .setUsage(cloud.usageOf(name, metric)));
        }
        return region.build();
    }

    /// As of a real project: those of every card in the world, and of other ways to use the same cards.
    private static SortedSet<String> metrics(SortedSet<String> typesInRegion) {
        TreeSet<String> metrics = new TreeSet<>(Stock.ELSEWHERE);
        for (String type : typesInRegion) {
            metrics.add(Stock.metric(type, false));
            metrics.add(Stock.metric(type, true));
        }
        return metrics;
    }

    private Zone zone(String name) {
        if (!cloud.geography().accelerators().containsKey(name)) {
            throw Refusals.notFound("projects/" + cloud.project() + "/zones/" + name);
        }
        return Zone.newBuilder()
                .setKind("compute#zone")
                .setName(name)
                .setStatus("UP")
                .setRegion(cloud.prefix() + "/regions/" + FakeGeography.regionOf(name))
                .setSelfLink(cloud.prefix() + "/zones/" + name)
                .build();
    }

    private List<String> scopes() {
        return cloud.geography().accelerators().keySet().stream()
                .map(zone -> "zones/" + zone)
                .toList();
    }

    private SortedSet<String> unreachable() {
        TreeSet<String> scopes = new TreeSet<>();
        cloud.cutOffZones().forEach(zone -> scopes.add("zones/" + zone));
        return scopes;
    }
}
