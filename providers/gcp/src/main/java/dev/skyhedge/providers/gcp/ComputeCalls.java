package dev.skyhedge.providers.gcp;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.UnaryCallable;
import com.google.cloud.compute.v1.AcceleratorTypeAggregatedList;
import com.google.cloud.compute.v1.AggregatedListAcceleratorTypesRequest;
import com.google.cloud.compute.v1.AggregatedListInstancesRequest;
import com.google.cloud.compute.v1.DeleteInstanceRequest;
import com.google.cloud.compute.v1.GetInstanceRequest;
import com.google.cloud.compute.v1.GetSerialPortOutputInstanceRequest;
import com.google.cloud.compute.v1.GetZoneOperationRequest;
import com.google.cloud.compute.v1.InsertInstanceRequest;
import com.google.cloud.compute.v1.Instance;
import com.google.cloud.compute.v1.InstanceAggregatedList;
import com.google.cloud.compute.v1.ListZoneOperationsRequest;
import com.google.cloud.compute.v1.Operation;
import com.google.cloud.compute.v1.OperationList;
import com.google.cloud.compute.v1.SerialPortOutput;
import dev.skyhedge.spi.Failure;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/// The calls of the API that we make, each with the repetition that is safe for it: a read after anything that may
/// pass, a write only after a throttle, which had no effect.
final class ComputeCalls {
    private static final int MAX_TRIES = 6;
    private static final int PAGE = 500;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final ComputeClients clients;
    private final String project;
    private final Pause pause;
    private final RandomGenerator random;

    ComputeCalls(ComputeClients clients, String project, Pause pause, RandomGenerator random) {
        this.clients = clients;
        this.project = project;
        this.pause = pause;
        this.random = random;
    }

    Reply<Operation> insert(String zone, UUID requestId, Instance instance) {
        InsertInstanceRequest request = InsertInstanceRequest.newBuilder()
                .setProject(project)
                .setZone(zone)
                .setRequestId(requestId.toString())
                .setInstanceResource(instance)
                .build();
        return write(clients.instances().insertCallable(), request);
    }

    Reply<Operation> delete(String zone, String name) {
        return write(
                clients.instances().deleteCallable(),
                DeleteInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .build());
    }

    Reply<Instance> instance(String zone, String name) {
        return read(
                clients.instances().getCallable(),
                GetInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .build());
    }

    Reply<InstanceAggregatedList> instances(String filter, String pageToken) {
        AggregatedListInstancesRequest.Builder request = AggregatedListInstancesRequest.newBuilder()
                .setProject(project)
                .setFilter(filter)
                .setMaxResults(PAGE)
                .setReturnPartialSuccess(true);
        if (!pageToken.isEmpty()) {
            request.setPageToken(pageToken);
        }
        return read(clients.instances().aggregatedListCallable(), request.build());
    }

    Reply<Operation> operation(String zone, String name) {
        return read(
                clients.operations().getCallable(),
                GetZoneOperationRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setOperation(name)
                        .build());
    }

    /// The operations of a zone that are about this instance.
    Reply<OperationList> operationsOf(String zone, long instanceId) {
        return read(
                clients.operations().listCallable(),
                ListZoneOperationsRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setFilter("targetId=" + Long.toUnsignedString(instanceId))
                        .setMaxResults(PAGE)
                        .build());
    }

    Reply<AcceleratorTypeAggregatedList> acceleratorTypes(String pageToken) {
        AggregatedListAcceleratorTypesRequest.Builder request = AggregatedListAcceleratorTypesRequest.newBuilder()
                .setProject(project)
                .setMaxResults(PAGE)
                .setReturnPartialSuccess(true);
        if (!pageToken.isEmpty()) {
            request.setPageToken(pageToken);
        }
        return read(clients.acceleratorTypes().aggregatedListCallable(), request.build());
    }

    /// What the instance wrote to its console, from this byte on; a negative one counts back from the end.
    Reply<SerialPortOutput> console(String zone, String name, long start) {
        return read(
                clients.instances().getSerialPortOutputCallable(),
                GetSerialPortOutputInstanceRequest.newBuilder()
                        .setProject(project)
                        .setZone(zone)
                        .setInstance(name)
                        .setStart(start)
                        .build());
    }

    private <Q, A> Reply<A> read(UnaryCallable<Q, A> call, Q request) {
        return repeated(call, request, failure -> failure instanceof Failure.Throttled
                || failure instanceof Failure.OutcomeUnknown);
    }

    private <Q, A> Reply<A> write(UnaryCallable<Q, A> call, Q request) {
        return repeated(call, request, failure -> failure instanceof Failure.Throttled);
    }

    private <Q, A> Reply<A> repeated(
            UnaryCallable<Q, A> call, Q request, java.util.function.Predicate<Failure> worthRepeating) {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            Reply<A> reply = once(call, request);
            if (!(reply instanceof Reply.Refused<A>(GoogleRefusal refusal))
                    || attempt == MAX_TRIES
                    || !worthRepeating.test(GoogleFailures.ofCall(refusal))
                    || !waited(refusal.retryAfter(), wait)) {
                return reply;
            }
            wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
        }
    }

    private static <Q, A> Reply<A> once(UnaryCallable<Q, A> call, Q request) {
        try {
            return new Reply.Given<>(call.call(request));
        } catch (ApiException e) {
            return new Reply.Refused<>(GoogleRefusal.of(e));
        }
    }

    /// Waits as long as Google says, else a random part of `most`. False if interrupted.
    private boolean waited(Optional<Duration> told, Duration most) {
        return rest(told.orElseGet(() -> Duration.ofMillis(1 + random.nextLong(most.toMillis()))));
    }

    /// Lets time pass; false if interrupted, with the interrupt kept.
    boolean rest(Duration time) {
        try {
            pause.pause(time);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
