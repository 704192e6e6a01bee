package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/// A client of one namespace of one cluster.
final class KubernetesProvider implements Provider {
    /// A list shows what was made before it was asked for; this is only for clocks that differ.
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(5);

    private static final int PARALLEL_CALLS = 32;

    /// A launch makes some calls beside its wait for a node.
    private static final Duration CALL_TIME = Duration.ofMinutes(2);

    private final KubernetesSettings settings;
    private final Cluster cluster;
    private final ClusterCalls calls;
    private final KnownPods known = new KnownPods();
    private final Nodes nodes;
    private final Pools pools;
    private final Launcher launcher;
    private final Observer observer;
    private final Terminations terminations;
    private final Duration pollPeriod;

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();

    /// @param pollPeriod how often events are looked for beside the watch, in real time
    KubernetesProvider(
            KubernetesSettings settings,
            Cluster cluster,
            InstantSource clock,
            Pause pause,
            RandomGenerator random,
            Duration pollPeriod) {
        this.settings = settings;
        this.cluster = cluster;
        this.pollPeriod = pollPeriod;
        this.calls = new ClusterCalls(cluster, clock, pause, random);
        this.nodes = new Nodes(calls, clock);
        this.pools = new Pools(settings.market(), nodes, clock);
        PodReader reader = new PodReader(settings.pods().hostPort());
        this.launcher = new Launcher(calls, pools, reader, known, settings, clock);
        this.observer = new Observer(calls, nodes, reader, known, clock);
        this.terminations = new Terminations(calls, known);
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(PARALLEL_CALLS, settings.scheduleTimeout().plus(CALL_TIME), VISIBILITY_DELAY);
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return pools.offers(query);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        return launcher.launch(request);
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return observer.look(lineage).map(Observer.Look::observation);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return terminations.terminate(instanceId);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        EventFeed feed = new EventFeed(
                        () -> lookAndTidy(lineage),
                        watcher -> calls.watch(Labels.selector(lineage), watcher),
                        pod -> {
                            var _ = observer.remember(pod, Nodes.View.NOTHING);
                        },
                        known::disruption,
                        listener,
                        pollPeriod)
                .start();
        subscriptions.add(feed);
        return () -> {
            subscriptions.remove(feed);
            feed.close();
        };
    }

    /// A pod that is over stays, with its log, until it is deleted. Only whoever keeps watch does that, not
    /// somebody who merely looks.
    private Outcome<Observation> lookAndTidy(String lineage) {
        return observer.look(lineage).map(look -> {
            // If it fails, the next look finds it again.
            look.leftOvers().forEach(calls::deletePod);
            return look.observation();
        });
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return switch (calls.pod(instanceId)) {
            case Outcome.Failed<Pod>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<Pod>(Pod pod) -> {
                boolean begun = PodReader.container(pod)
                        .map(container -> container.getState())
                        .filter(state -> state.getRunning() != null || state.getTerminated() != null)
                        .isPresent();
                yield begun
                        ? PodLog.page(calls, instanceId, offset, maxBytes, PodReader.isOver(pod))
                        : Outcome.done(new LogPage("", 0, PodReader.isOver(pod)));
            }
        };
    }

    /// Whoever may not see the namespace's quotas is told by refusals.
    @Override
    public Outcome<List<AccountQuota>> quotas() {
        return switch (calls.quotas().map(Quotas::read)) {
            case Outcome.Failed<List<AccountQuota>>(Failure.Denied unseen) -> Outcome.done(List.of());
            case Outcome.Failed<List<AccountQuota>>(Failure.NotFound unknown) -> Outcome.done(List.of());
            case Outcome<List<AccountQuota>> known -> known;
        };
    }

    /// The namespace, told from another of the same name by its UID; where that may not be seen, by the
    /// address of its cluster.
    @Override
    public Outcome<CloudAccount> account() {
        String endpoint = settings.endpoint().name();
        String name = cluster.namespace();
        return switch (calls.namespace()) {
            case Outcome.Done<Namespace>(Namespace found) ->
                Outcome.done(new CloudAccount(
                        endpoint,
                        Optional.ofNullable(found.getMetadata().getUid())
                                .map(uid -> name + " " + uid)
                                .orElse(name)));
            case Outcome.Failed<Namespace>(Failure.Denied unseen) ->
                Outcome.done(new CloudAccount(endpoint, name + " at " + cluster.address()));
            case Outcome.Failed<Namespace>(Failure.NotFound absent) ->
                Outcome.failed(new Failure.NotFound("namespace " + name + " does not exist"));
            case Outcome.Failed<Namespace>(Failure failure) -> Outcome.failed(failure);
        };
    }

    @Override
    public List<Finding> diagnose() {
        return new Diagnosis(settings, cluster, calls, pools, nodes).findings();
    }

    @Override
    public void close() {
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        cluster.client().close();
    }
}
