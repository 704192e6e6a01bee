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
/// @param ignoreChanges blocks, and attributes in them, that keep their recorded value: `scaling`, `replica.image`
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
        List<String> ignoreChanges) {
    public ServiceSpec {
        dependsOn = List.copyOf(dependsOn);
        ignoreChanges = List.copyOf(ignoreChanges);
    }

    /// A service that follows all changes.
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
                List.of());
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

    /// The same after these services.
    public ServiceSpec after(List<String> services) {
        return new ServiceSpec(
                name, address, replica, resources, readiness, placement, scaling, update, endpoint, protect, services, ignoreChanges);
    }
}
