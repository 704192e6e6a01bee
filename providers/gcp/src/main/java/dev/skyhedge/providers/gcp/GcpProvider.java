package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Project;
import com.google.cloud.compute.v1.SerialPortOutput;
import dev.skyhedge.providers.cloud.boot.BootScript;
import dev.skyhedge.providers.cloud.boot.MetadataService;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.providers.cloud.catalog.Sales;
import dev.skyhedge.providers.cloud.lifecycle.EventPoll;
import dev.skyhedge.providers.cloud.lifecycle.KnownInstances;
import dev.skyhedge.providers.cloud.lifecycle.Subscriptions;
import dev.skyhedge.providers.cloud.naming.CloudNames;
import dev.skyhedge.providers.cloud.naming.CloudTags;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// A client of Compute Engine.
final class GcpProvider implements Provider {
    /// A new instance may be missing from lists for some seconds.
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(30);

    private static final int PARALLEL_CALLS = 32;

    /// A launch waits for its operation, and looks at the instance afterwards.
    private static final Duration CALL_TIME = Launcher.OPERATION_TIME.plusSeconds(120);

    /// A preempted machine has this long to shut down.
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final GcpSettings settings;
    private final ComputeClients clients;
    private final ComputeCalls calls;
    private final KnownInstances known = new KnownInstances((now, before) -> now);
    private final Endings endings;
    private final Launcher launcher;
    private final Observer observer;
    private final Terminations terminations;
    private final Offers offers;
    private final TodaysCatalog todaysCatalog;
    private final Path directory;
    private final EventPoll.Timing eventTiming;
    private final Subscriptions<Subscription> subscriptions = new Subscriptions<>();

    /// @param directory where newer prices are kept
    /// @param pollPeriod how often events are looked for, in real time
    GcpProvider(
            GcpSettings settings,
            PriceCatalog catalog,
            Path directory,
            ComputeClients clients,
            InstantSource clock,
            Pause pause,
            RandomGenerator random,
            Duration pollPeriod) {
        this.settings = settings;
        this.clients = clients;
        this.directory = directory;
        this.eventTiming = new EventPoll.Timing(NOTICE, pollPeriod);
        this.calls = new ComputeCalls(clients, settings, clock, pause, random);
        InstanceReader reader = new InstanceReader(new Sales(catalog));
        this.endings = new Endings(calls, clock);
        this.launcher = new Launcher(calls, reader, known, endings, clock);
        this.observer = new Observer(calls, reader, known, endings, clock);
        this.terminations = new Terminations(calls, known);
        this.todaysCatalog = new TodaysCatalog(catalog, calls, clock);
        this.offers = new Offers(catalog, settings.cloud().regions(), calls, clock);
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(PARALLEL_CALLS, CALL_TIME, VISIBILITY_DELAY);
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return offers.offers(query);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        Optional<String> tooLong = CloudTags.tooLong(request.tags());
        if (tooLong.isPresent()) {
            return Outcome.failed(new Failure.InvalidRequest("The label " + tooLong.get() + " would be too long"));
        }
        return switch (BootScript.write(
                request, MetadataService.GCP, settings.machine().metadata())) {
            case Outcome.Failed<String>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<String>(String script) ->
                launcher.launch(
                        request,
                        InstanceOrder.of(request, CloudNames.machine(request.tags()), script, settings.machine()),
                        CloudNames.requestId(request.token()));
        };
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return observer.observe(lineage);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return terminations.terminate(instanceId, location);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        return subscriptions.keep(EventPoll.start(
                GoogleNames.CLOUD, () -> observeAndTidy(lineage), this::preemption, listener, eventTiming));
    }

    /// A machine that shut itself down stays, with its disk, until it is deleted. Only whoever keeps watch does
    /// that, not somebody who merely looks.
    private Outcome<Observation> observeAndTidy(String lineage) {
        Outcome<Observation> seen = observe(lineage);
        for (Instance leftOver : known.takeLeftOvers(lineage)) {
            // If it fails, the next look finds it again.
            var _ = calls.delete(leftOver.offer().location().zone(), leftOver.id());
        }
        return seen;
    }

    private Optional<Instant> preemption(Instance stopping) {
        return known.find(stopping.id())
                .filter(one -> !one.terminated())
                .flatMap(one -> endings.preemption(stopping, one.number()));
    }

    /// What the machine wrote to its console, which is where a boot script's output goes, and its workload's.
    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return calls.console(location.zone(), instanceId, offset).map(output -> page(output, maxBytes));
    }

    private static LogPage page(SerialPortOutput output, int maxBytes) {
        return Console.page(output, maxBytes);
    }

    @Override
    public Outcome<List<AccountQuota>> quotas() {
        return calls.regions().map(regions -> Quotas.read(regions, project(calls)));
    }

    /// Whoever may not read it knows no limit over all regions: the cloud refuses what goes beyond one.
    static Optional<Project> project(ComputeCalls calls) {
        return calls.project() instanceof Outcome.Done<Project>(Project project)
                ? Optional.of(project)
                : Optional.empty();
    }

    @Override
    public Outcome<CloudAccount> account() {
        return Outcome.done(new CloudAccount(settings.cloud().endpoint().name(), settings.project()));
    }

    @Override
    public List<Finding> diagnose() {
        return new Diagnosis(settings, calls).findings();
    }

    @Override
    public List<Finding> reach(List<LocationPattern> places, SortedSet<Integer> ports) {
        return new Reachability(settings, calls).look(places, ports);
    }

    @Override
    public Outcome<PriceCatalog> updateCatalog() {
        return Catalogs.keep(todaysCatalog.read(), directory);
    }

    @Override
    public void close() {
        subscriptions.close();
        clients.close();
    }
}
