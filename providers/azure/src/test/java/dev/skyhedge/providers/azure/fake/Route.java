package dev.skyhedge.providers.azure.fake;

import java.util.List;
import java.util.regex.Pattern;

/// A call of the API.
///
/// @param name for tests
/// @param verb the HTTP method
/// @param path in any case; its groups are what the call is about
/// @param parameters names that the query may have, beside the version
/// @param versions those of the API that know the call
record Route(String name, String verb, Pattern path, List<String> parameters, List<String> versions) {
    private static final String SUBSCRIPTION = "/subscriptions/([^/]+)";
    private static final String GROUP = SUBSCRIPTION + "/resourceGroups/([^/]+)";
    private static final String COMPUTE = "/providers/Microsoft.Compute";
    private static final String NETWORK = "/providers/Microsoft.Network";
    private static final String MACHINES = COMPUTE + "/virtualMachines";
    private static final String MACHINE = GROUP + MACHINES + "/([^/]+)";
    private static final List<String> OF_COMPUTE = List.of("2024-07-01", "2024-11-01", "2025-04-01", "2026-03-01");
    private static final List<String> OF_SKUS = List.of("2019-04-01", "2021-07-01");
    private static final List<String> OF_NETWORK = List.of("2024-05-01", "2025-01-01", "2025-03-01");
    private static final List<String> OF_GROUPS = List.of("2021-04-01", "2025-03-01", "2025-04-01");

    private static final List<String> EXPAND = List.of("$expand");

    static final List<Route> ALL = List.of(
            route("VirtualMachines.CreateOrUpdate", "PUT", MACHINE, List.of(), OF_COMPUTE),
            route("VirtualMachines.Get", "GET", MACHINE, List.of("$expand"), OF_COMPUTE),
            route("VirtualMachines.Delete", "DELETE", MACHINE, List.of("forceDeletion"), OF_COMPUTE),
            route("VirtualMachines.InstanceView", "GET", MACHINE + "/instanceView", List.of(), OF_COMPUTE),
            route("VirtualMachines.SimulateEviction", "POST", MACHINE + "/simulateEviction", List.of(), OF_COMPUTE),
            route("VirtualMachines.List", "GET", GROUP + MACHINES, List.of("$skiptoken"), OF_COMPUTE),
            route(
                    "VirtualMachines.ListAll",
                    "GET",
                    SUBSCRIPTION + MACHINES,
                    List.of("statusOnly", "$skiptoken"),
                    OF_COMPUTE),
            route("ResourceSkus.List", "GET", SUBSCRIPTION + COMPUTE + "/skus", List.of("$filter"), OF_SKUS),
            route("Usage.List", "GET", SUBSCRIPTION + COMPUTE + "/locations/([^/]+)/usages", List.of(), OF_COMPUTE),
            route(
                    "Operations.Get",
                    "GET",
                    SUBSCRIPTION + COMPUTE + "/locations/([^/]+)/operations/([^/]+)",
                    List.of("monitor"),
                    OF_COMPUTE),
            route(
                    "NetworkInterfaces.List",
                    "GET",
                    GROUP + NETWORK + "/networkInterfaces",
                    List.of("$skiptoken"),
                    OF_NETWORK),
            route(
                    "PublicIPAddresses.List",
                    "GET",
                    GROUP + NETWORK + "/publicIPAddresses",
                    List.of("$skiptoken"),
                    OF_NETWORK),
            route("VirtualNetworks.Get", "GET", GROUP + NETWORK + "/virtualNetworks/([^/]+)", EXPAND, OF_NETWORK),
            route(
                    "NetworkSecurityGroups.Get",
                    "GET",
                    GROUP + NETWORK + "/networkSecurityGroups/([^/]+)",
                    EXPAND,
                    OF_NETWORK),
            route("ResourceGroups.CreateOrUpdate", "PUT", GROUP, List.of(), OF_GROUPS),
            route("ResourceGroups.Get", "GET", GROUP, List.of(), OF_GROUPS),
            route("RetailPrices.List", "GET", "/api/retail/prices", List.of("$filter", "$skip"), List.of("")));

    private static Route route(String name, String verb, String path, List<String> parameters, List<String> versions) {
        return new Route(name, verb, Pattern.compile(path, Pattern.CASE_INSENSITIVE), parameters, versions);
    }

    boolean answers(String verbAsked, String pathAsked) {
        return verb.equals(verbAsked) && path.matcher(pathAsked).matches();
    }
}
