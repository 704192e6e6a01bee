package dev.skyhedge.providers.gcp;

import com.google.api.gax.core.BackgroundResource;
import com.google.api.gax.core.FixedExecutorProvider;
import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.rpc.ClientSettings;
import com.google.api.gax.rpc.UnaryCallSettings;
import com.google.cloud.compute.v1.AcceleratorTypesClient;
import com.google.cloud.compute.v1.AcceleratorTypesSettings;
import com.google.cloud.compute.v1.FirewallsClient;
import com.google.cloud.compute.v1.FirewallsSettings;
import com.google.cloud.compute.v1.InstancesClient;
import com.google.cloud.compute.v1.InstancesSettings;
import com.google.cloud.compute.v1.ProjectsClient;
import com.google.cloud.compute.v1.ProjectsSettings;
import com.google.cloud.compute.v1.RegionsClient;
import com.google.cloud.compute.v1.RegionsSettings;
import com.google.cloud.compute.v1.SubnetworksClient;
import com.google.cloud.compute.v1.SubnetworksSettings;
import com.google.cloud.compute.v1.ZoneOperationsClient;
import com.google.cloud.compute.v1.ZoneOperationsSettings;
import com.google.cloud.compute.v1.ZonesClient;
import com.google.cloud.compute.v1.ZonesSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/// Google's clients, set up alike: one endpoint, no retries of their own (ours carry the token), and no
/// credentials where the endpoint is not Google's, so that no key ever reaches an emulator.
final class ComputeClients implements AutoCloseable {
    /// After this time without an answer a call's outcome is unknown.
    static final Duration CALL_TIME = Duration.ofSeconds(60);

    private final ScheduledExecutorService timer;
    private final InstancesClient instances;
    private final ZoneOperationsClient operations;
    private final AcceleratorTypesClient acceleratorTypes;
    private final ProjectsClient projects;
    private final RegionsClient regions;
    private final ZonesClient zones;
    private final FirewallsClient firewalls;
    private final SubnetworksClient subnetworks;

    /// Builds the clients.
    ///
    /// @param endpoint empty for Google's own, with the default chain of credentials
    /// @throws IOException if there are no credentials
    ComputeClients(Optional<URI> endpoint) throws IOException {
        ThreadFactory threads = Thread.ofPlatform().daemon().name("gcp-", 0).factory();
        timer = Executors.newScheduledThreadPool(1, threads);
        InstancesSettings.Builder instanceSettings = prepared(InstancesSettings.newBuilder(), endpoint);
        ZoneOperationsSettings.Builder operationSettings = prepared(ZoneOperationsSettings.newBuilder(), endpoint);
        AcceleratorTypesSettings.Builder typeSettings = prepared(AcceleratorTypesSettings.newBuilder(), endpoint);
        ProjectsSettings.Builder projectSettings = prepared(ProjectsSettings.newBuilder(), endpoint);
        RegionsSettings.Builder regionSettings = prepared(RegionsSettings.newBuilder(), endpoint);
        ZonesSettings.Builder zoneSettings = prepared(ZonesSettings.newBuilder(), endpoint);
        FirewallsSettings.Builder firewallSettings = prepared(FirewallsSettings.newBuilder(), endpoint);
        SubnetworksSettings.Builder subnetSettings = prepared(SubnetworksSettings.newBuilder(), endpoint);
        instanceSettings.applyToAllUnaryMethods(ComputeClients::once);
        operationSettings.applyToAllUnaryMethods(ComputeClients::once);
        typeSettings.applyToAllUnaryMethods(ComputeClients::once);
        projectSettings.applyToAllUnaryMethods(ComputeClients::once);
        regionSettings.applyToAllUnaryMethods(ComputeClients::once);
        zoneSettings.applyToAllUnaryMethods(ComputeClients::once);
        firewallSettings.applyToAllUnaryMethods(ComputeClients::once);
        subnetSettings.applyToAllUnaryMethods(ComputeClients::once);
        instances = InstancesClient.create(instanceSettings.build());
        operations = ZoneOperationsClient.create(operationSettings.build());
        acceleratorTypes = AcceleratorTypesClient.create(typeSettings.build());
        projects = ProjectsClient.create(projectSettings.build());
        regions = RegionsClient.create(regionSettings.build());
        zones = ZonesClient.create(zoneSettings.build());
        firewalls = FirewallsClient.create(firewallSettings.build());
        subnetworks = SubnetworksClient.create(subnetSettings.build());
    }

    private <B extends ClientSettings.Builder<?, ?>> B prepared(B builder, Optional<URI> endpoint) {
        builder.setBackgroundExecutorProvider(FixedExecutorProvider.create(timer));
        endpoint.ifPresent(uri -> {
            String text = uri.toString();
            builder.setEndpoint(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            builder.setCredentialsProvider(NoCredentialsProvider.create());
        });
        return builder;
    }

    private static Void once(UnaryCallSettings.Builder<?, ?> call) {
        call.setSimpleTimeoutNoRetriesDuration(CALL_TIME);
        return null;
    }

    InstancesClient instances() {
        return instances;
    }

    ZoneOperationsClient operations() {
        return operations;
    }

    AcceleratorTypesClient acceleratorTypes() {
        return acceleratorTypes;
    }

    ProjectsClient projects() {
        return projects;
    }

    RegionsClient regions() {
        return regions;
    }

    ZonesClient zones() {
        return zones;
    }

    FirewallsClient firewalls() {
        return firewalls;
    }

    SubnetworksClient subnetworks() {
        return subnetworks;
    }

    @Override
    public void close() {
        for (BackgroundResource client : List.<BackgroundResource>of(
                instances, operations, acceleratorTypes, projects, regions, zones, firewalls, subnetworks)) {
            client.shutdownNow();
        }
        timer.shutdownNow();
    }
}
