package dev.skyhedge.providers.ssh;

import dev.skyhedge.providers.cloud.lifecycle.EventPoll;
import dev.skyhedge.providers.cloud.lifecycle.Subscriptions;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Scope;
import dev.skyhedge.spi.Subscription;
import dev.skyhedge.spi.Unreachable;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Machines that one owns. An instance is a claim on one, named by its launch's token.
final class SshProvider implements Provider {
    private static final Pattern TOKEN = Pattern.compile("[a-z][a-z0-9]{0,62}");
    private static final int PARALLEL = 8;

    private final List<Host> hosts;
    private final HostCalls calls;
    private final InstantSource clock;
    private final Duration look;
    private final ProviderLimits limits;
    private final Subscriptions<EventPoll> subscriptions = new Subscriptions<>();

    SshProvider(SshSettings settings, InstantSource clock, Duration look) {
        this.hosts = settings.hosts();
        this.calls = new HostCalls(new Shell(settings));
        this.clock = clock;
        this.look = look;
        Duration longest = Shell.CALL.plusSeconds(settings.connectTimeoutSeconds() + 5L);
        this.limits = new ProviderLimits(PARALLEL, longest, Duration.ZERO);
    }

    @Override
    public ProviderLimits limits() {
        return limits;
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        List<Offer> offers =
                hosts.stream().map(Host::offer).filter(query::asksFor).toList();
        var shapes = new LinkedHashMap<String, MachineShape>();
        hosts.forEach(host -> host.shape().ifPresent(shape -> shapes.put(host.name(), shape)));
        return Outcome.done(new OfferList(offers, clock.instant(), List.of(), List.of(), shapes));
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        Optional<Host> host =
                at(request.offer().location()).filter(one -> one.offer().rentsSameAs(request.offer()));
        if (host.isEmpty()) {
            return Outcome.failed(new Failure.UnsupportedHere(
                    Scope.of(request.offer()),
                    "no such machine: " + request.offer().instanceType()));
        }
        return calls.claim(host.get(), request);
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        Map<Host, CompletableFuture<Outcome<List<Instance>>>> asked = new LinkedHashMap<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            hosts.forEach(host -> asked.put(host, CompletableFuture.supplyAsync(() -> calls.list(host), threads)));
        }
        List<Instance> seen = new ArrayList<>();
        List<Unreachable> unreachable = new ArrayList<>();
        asked.forEach((host, answer) -> {
            switch (answer.join()) {
                case Outcome.Done<List<Instance>>(List<Instance> listed) -> seen.addAll(listed);
                case Outcome.Failed<List<Instance>>(Failure failure) ->
                    unreachable.add(new Unreachable(LocationPattern.of(host.location()), failure));
            }
        });
        if (unreachable.size() == hosts.size()) {
            return Outcome.failed(unreachable.getFirst().failure());
        }
        seen.removeIf(one -> !lineage.isEmpty() && !one.tags().lineage().equals(lineage));
        return Outcome.done(new Observation(seen, unreachable, clock.instant()));
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        if (!TOKEN.matcher(instanceId).matches()) {
            return Outcome.done(Ended.ENDED);
        }
        return at(location)
                .map(host -> calls.end(host, instanceId))
                .orElseGet(() -> Outcome.failed(new Failure.OutcomeUnknown(
                        location + " is not among the hosts any more: what runs there cannot be ended")));
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        return subscriptions.keep(EventPoll.start(
                Host.CLOUD,
                () -> observe(lineage),
                _ -> Optional.empty(),
                listener,
                new EventPoll.Timing(Duration.ZERO, look)));
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        Optional<Host> host = at(location);
        if (host.isEmpty() || !TOKEN.matcher(instanceId).matches()) {
            return Outcome.failed(new Failure.NotFound("no instance " + instanceId + " in " + location));
        }
        return calls.log(host.get(), instanceId, offset, maxBytes);
    }

    @Override
    public void close() {
        subscriptions.close();
    }

    private Optional<Host> at(Location location) {
        return hosts.stream().filter(host -> host.location().equals(location)).findFirst();
    }
}
