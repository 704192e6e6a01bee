package dev.skyhedge.providers.gcp;

import com.google.api.gax.httpjson.RestSerializationException;
import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.compute.v1.AcceleratorTypeAggregatedList;
import com.google.cloud.compute.v1.AggregatedListAcceleratorTypesRequest;
import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.AggregatedListSubnetworksRequest;
import com.google.cloud.compute.v1.DeleteInstanceRequest;
import com.google.cloud.compute.v1.Firewall;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetProjectRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.GetZoneOperationRequest;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.ListFirewallsRequest;
import com.google.cloud.compute.v1.ListRegionsRequest;
import com.google.cloud.compute.v1.ListZoneOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationList;
import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.RegionList;
import com.google.cloud.compute.v1.SerialPortOutput;
import com.google.cloud.compute.v1.Subnetwork;
import dev.skyhedge.providers.cloud.calls.ApiGroup;
import dev.skyhedge.providers.cloud.calls.CallPacing;
import dev.skyhedge.providers.cloud.calls.CallRate;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.calls.Outages;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/// The calls of the API that we make, paced and repeated. All of them may be repeated: they read, they delete,
/// or they carry a request id that follows from the launch's token.
final class ComputeCalls {
    /// Google permits 1,500 reads and as many writes a minute for a project by default; half of that leaves
    /// room for others. From the documentation, not measured.
    private static final CallRate RATE = new CallRate(12, 50);

    private static final int PAGE = 500;
    private static final int MAX_PAGES = 100;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ComputeClients clients;
    private final String project;
    private final Pause pause;
    private final Outages outages;
    private final CallRepeater repeater;

    ComputeCalls(
            ComputeClients clients, GcpSettings settings, InstantSource clock, Pause pause, RandomGenerator random) {
        this.clients = clients;
        this.project = settings.project();
        this.pause = pause;
        this.outages = new Outages(settings.cloud().endpoint(), clock);
        this.repeater = new CallRepeater(new CallPacing(group -> RATE, clock, pause), clock, pause, random, outages);
    }

    Outcome<Operation> insert(String zone, UUID requestId, Instance instance, Scope scope) {
        InsertInstanceRequest request = InsertInstanceRequest.newBuilder()
                .setProject(project)
                .setZone(zone)
                .setRequestId(requestId.toString())
                .setInstanceResource(instance)
                .build();
        return call("write", scope, clients.instances().insertCallable(), request);
    }

    Outcome<Operation> delete(String zone, String name) {
        return call(
                "write",
                clients.instances().deleteCallable(),
                DeleteInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .build());
    }

    Outcome<Instance> instance(String zone, String name) {
        return call(
                "read",
                clients.instances().getCallable(),
                GetInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .build());
    }

    Outcome<InstanceAggregatedList> instances(String filter, String pageToken) {
        AggregatedListInstancesRequest.Builder request = AggregatedListInstancesRequest.newBuilder()
                .setProject(project)
                .setFilter(filter)
                .setMaxResults(PAGE)
                .setReturnPartialSuccess(true);
        return call(
                "list",
                clients.instances().aggregatedListCallable(),
                pageToken.isEmpty()
                        ? request.build()
                        : request.setPageToken(pageToken).build());
    }

    Outcome<Operation> operation(String zone, String name) {
        return call(
                "operation",
                clients.operations().getCallable(),
                GetZoneOperationRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setOperation(name)
                        .build());
    }

    /// The operations of a zone that are about this instance.
    Outcome<OperationList> operationsOf(String zone, long instanceId) {
        return call(
                "list",
                clients.operations().listCallable(),
                ListZoneOperationsRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setFilter("targetId=" + Long.toUnsignedString(instanceId))
                        .setMaxResults(PAGE)
                        .build());
    }

    Outcome<AcceleratorTypeAggregatedList> acceleratorTypes(String pageToken) {
        AggregatedListAcceleratorTypesRequest.Builder request = AggregatedListAcceleratorTypesRequest.newBuilder()
                .setProject(project)
                .setMaxResults(PAGE)
                .setReturnPartialSuccess(true);
        return call(
                "list",
                clients.acceleratorTypes().aggregatedListCallable(),
                pageToken.isEmpty()
                        ? request.build()
                        : request.setPageToken(pageToken).build());
    }

    /// Regions with their zones and quotas; there are fewer than a page holds.
    Outcome<RegionList> regions() {
        return call(
                "list",
                clients.regions().listCallable(),
                ListRegionsRequest.newBuilder()
                        .setProject(project)
                        .setMaxResults(PAGE)
                        .build());
    }

    /// The project with its quotas over all regions.
    Outcome<Project> project() {
        return call(
                "read",
                clients.projects().getCallable(),
                GetProjectRequest.newBuilder().setProject(project).build());
    }

    /// All firewall rules of the project.
    Outcome<List<Firewall>> firewalls() {
        ListFirewallsRequest.Builder request =
                ListFirewallsRequest.newBuilder().setProject(project).setMaxResults(PAGE);
        return pages(token -> call(
                        "list",
                        clients.firewalls().listCallable(),
                        token.isEmpty()
                                ? request.build()
                                : request.setPageToken(token).build())
                .map(list -> new Page<>(list.getItemsList(), list.getNextPageToken())));
    }

    /// All subnetworks of the project.
    Outcome<List<Subnetwork>> subnetworks() {
        AggregatedListSubnetworksRequest.Builder request = AggregatedListSubnetworksRequest.newBuilder()
                .setProject(project)
                .setMaxResults(PAGE)
                .setReturnPartialSuccess(true);
        return pages(token -> call(
                        "list",
                        clients.subnetworks().aggregatedListCallable(),
                        token.isEmpty()
                                ? request.build()
                                : request.setPageToken(token).build())
                .map(list -> new Page<>(
                        list.getItemsMap().values().stream()
                                .flatMap(scoped -> scoped.getSubnetworksList().stream())
                                .toList(),
                        list.getNextPageToken())));
    }

    private record Page<T>(List<T> items, String next) {}

    private static <T> Outcome<List<T>> pages(Function<String, Outcome<Page<T>>> question) {
        List<T> all = new ArrayList<>();
        String token = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            switch (question.apply(token)) {
                case Outcome.Failed<Page<T>>(Failure failure) -> {
                    return Outcome.failed(failure);
                }
                case Outcome.Done<Page<T>>(Page<T> read) -> {
                    all.addAll(read.items);
                    token = read.next;
                }
            }
            if (token.isEmpty()) {
                return Outcome.done(List.copyOf(all));
            }
        }
        return Outcome.failed(new Failure.OutcomeUnknown("The list has more than " + MAX_PAGES + " pages"));
    }

    /// What the instance wrote to its console, from this byte on; a negative one counts back from the end.
    Outcome<SerialPortOutput> console(String zone, String name, long start) {
        return call(
                "read",
                clients.instances().getSerialPortOutputCallable(),
                GetSerialPortOutputInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .setStart(start)
                        .build());
    }

    private <Q, A> Outcome<A> call(String group, UnaryCallable<Q, A> call, Q request) {
        return call(group, GoogleFailures.EVERYTHING, call, request);
    }

    private <Q, A> Outcome<A> call(String group, Scope scope, UnaryCallable<Q, A> call, Q request) {
        ApiGroup calls = new ApiGroup(project, "", group);
        return repeater.call(calls, LIMIT, () -> {
            try {
                A answer = call.call(request);
                outages.answered(calls);
                return Outcome.done(answer);
            } catch (ApiException e) {
                outages.unanswered(calls, e);
                return Outcome.failed(GoogleFailures.of(GoogleErrors.of(e), scope));
            } catch (RestSerializationException e) {
                return Outcome.failed(new Failure.OutcomeUnknown("The answer cannot be read: " + e.getMessage()));
            } catch (RejectedExecutionException e) {
                return Outcome.failed(new Failure.OutcomeUnknown("This client is closed"));
            }
        });
    }

    /// How waits between calls pass.
    Pause pause() {
        return pause;
    }
}
