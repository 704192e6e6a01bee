package dev.skyhedge.specs;

import java.util.List;
import java.util.Optional;

/// A `service` block: one model behind one endpoint.
///
/// @param name unique name, safe in replica names: the label, followed by `-` and the key for an instance of a
///     service with `count` or `for_each`
/// @param address how the language writes it: `service.chat`, `service.chat["eu"]`
/// @param replica what each replica runs
/// @param resources what a replica may run on
/// @param readiness how a replica is found ready
/// @param placement how spot and on-demand, zones and spares are chosen
/// @param scaling how many replicas
/// @param update how a change of the replica block is rolled out
/// @param endpoint where requests arrive; empty for a service without a balancer
/// @param protect whether a plan refuses to remove the service
/// @param dependsOn names of services that must be ready before this one is first launched
/// @param ignoreChanges blocks, and attributes in them, that keep their recorded value: `scaling`,
///     `replica.image`
/// @param preconditions those that are not known to be met
/// @param allocation how its replicas are divided among accelerators
public record ServiceSpec(
        String name,
        String address,
        ReplicaSpec replica,
        ResourcesSpec resources,
        ReadinessSpec readiness,
        PlacementSpec placement,
        ScalingSpec scaling,
        UpdateSpec update,
        Optional<EndpointSpec> endpoint,
        boolean protect,
        List<String> dependsOn,
        List<String> ignoreChanges,
        List<CheckResult> preconditions,
        AllocationSpec allocation)
        implements WorkloadSpec {
    public static final String KIND = "service";

    public ServiceSpec {
        dependsOn = List.copyOf(dependsOn);
        ignoreChanges = List.copyOf(ignoreChanges);
        preconditions = List.copyOf(preconditions);
    }

    /// A service that follows its declaration, and all of whose preconditions are met.
    public ServiceSpec(
            String name,
            String address,
            ReplicaSpec replica,
            ResourcesSpec resources,
            ReadinessSpec readiness,
            PlacementSpec placement,
            ScalingSpec scaling,
            UpdateSpec update,
            Optional<EndpointSpec> endpoint,
            boolean protect,
            List<String> dependsOn) {
        this(
                name,
                address,
                replica,
                resources,
                readiness,
                placement,
                scaling,
                update,
                endpoint,
                protect,
                dependsOn,
                List.of(),
                List.of(),
                AllocationSpec.DEFAULT);
    }

    /// A service that depends on no other.
    public ServiceSpec(
            String name,
            String address,
            ReplicaSpec replica,
            ResourcesSpec resources,
            ReadinessSpec readiness,
            PlacementSpec placement,
            ScalingSpec scaling,
            UpdateSpec update,
            Optional<EndpointSpec> endpoint,
            boolean protect) {
        this(name, address, replica, resources, readiness, placement, scaling, update, endpoint, protect, List.of());
    }

    @Override
    public Optional<ResourcesSpec> permitted() {
        return Optional.of(resources);
    }

    @Override
    public String kind() {
        return KIND;
    }

    /// The same placed by another policy.
    public ServiceSpec with(PlacementSpec other) {
        return copy(resources, other, scaling, dependsOn, ignoreChanges, preconditions);
    }

    /// The same on other machines.
    public ServiceSpec with(ResourcesSpec other) {
        return copy(other, placement, scaling, dependsOn, ignoreChanges, preconditions);
    }

    /// The same with another number of replicas.
    public ServiceSpec with(ScalingSpec other) {
        return copy(resources, placement, other, dependsOn, ignoreChanges, preconditions);
    }

    /// The same with its replicas divided otherwise among accelerators.
    public ServiceSpec with(AllocationSpec other) {
        return new ServiceSpec(
                name,
                address,
                replica,
                resources,
                readiness,
                placement,
                scaling,
                update,
                endpoint,
                protect,
                dependsOn,
                ignoreChanges,
                preconditions,
                other);
    }

    @Override
    public ServiceSpec after(List<String> services) {
        return copy(resources, placement, scaling, services, ignoreChanges, preconditions);
    }

    /// The same with recorded values kept for these attributes.
    public ServiceSpec ignoring(List<String> attributes) {
        return copy(resources, placement, scaling, dependsOn, attributes, preconditions);
    }

    @Override
    public ServiceSpec under(List<CheckResult> open) {
        return copy(resources, placement, scaling, dependsOn, ignoreChanges, open);
    }

    /// The same by itself: after no other service, as declared, with all preconditions met.
    public ServiceSpec alone() {
        return copy(resources, placement, scaling, List.of(), List.of(), List.of());
    }

    /// The same without a balancer.
    public ServiceSpec withoutEndpoint() {
        return new ServiceSpec(
                name,
                address,
                replica,
                resources,
                readiness,
                placement,
                scaling,
                update,
                Optional.empty(),
                protect,
                dependsOn,
                ignoreChanges,
                preconditions,
                allocation);
    }

    private ServiceSpec copy(
            ResourcesSpec machines,
            PlacementSpec policy,
            ScalingSpec number,
            List<String> services,
            List<String> attributes,
            List<CheckResult> open) {
        return new ServiceSpec(
                name,
                address,
                replica,
                machines,
                readiness,
                policy,
                number,
                update,
                endpoint,
                protect,
                services,
                attributes,
                open,
                allocation);
    }
}
