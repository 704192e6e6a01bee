package dev.skyhedge.providers.azure;

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

/// A client of Azure's virtual machines.
final class AzureProvider implements Provider {
    /// Lists lag behind; a machine that is asked for by name is there at once.
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(30);

    private static final int PARALLEL_CALLS = 32;

    /// A launch may delete what an earlier one left, waits for its operation, and looks at the machine
    /// afterwards.
    private static final Duration CALL_TIME = Launcher.OPERATION_TIME.plusSeconds(300);

    /// A machine that is evicted has at most this long.
    private static final Duration NOTICE = Duration.ofSeconds(30);

    private final AzureSettings settings;
    private final Path directory;
    private final AzureClients clients;
    private final ComputeCalls calls;
    private final KnownInstances known = new KnownInstances(InstanceReader::completed);
    private final Launcher launcher;
    private final Observer observer;
    private final Terminations terminations;
    private final Offers offers;
    private final AccountQuotas quotas;
    private final Diagnosis diagnosis;
    private final Reachability reachability;
    private final RetailPrices retailPrices;
    private final InstantSource clock;
    private final EventPoll.Timing eventTiming;
    private final Subscriptions<Subscription> subscriptions = new Subscriptions<>();

    /// @param directory where newer prices are kept
    /// @param pollPeriod how often events are looked for, in real time
    AzureProvider(
            AzureSettings settings,
            PriceCatalog catalog,
            Path directory,
            AzureClients clients,
            InstantSource clock,
            Pause pause,
            RandomGenerator random,
            Duration pollPeriod) {
        this.settings = settings;
        this.directory = directory;
        this.clients = clients;
        this.clock = clock;
        this.eventTiming = new EventPoll.Timing(NOTICE, pollPeriod);
        this.calls = new ComputeCalls(clients, settings, clock, pause, random);
        Sales sales = new Sales(catalog);
        InstanceReader reader = new InstanceReader(sales);
        RegionSizes sizes = new RegionSizes(calls, clock);
        this.launcher = new Launcher(calls, new Groups(calls), reader, known, clock);
        this.observer = new Observer(calls, settings, reader, known, clock);
        this.terminations = new Terminations(calls, known);
        this.offers = new Offers(
                Drivers.drivable(catalog, settings.cloud().image()),
                settings.cloud().regions(),
                sizes,
                clock);
        this.quotas = new AccountQuotas(calls, sizes, sales, regions(settings, catalog));
        this.retailPrices = new RetailPrices(calls, settings.cloud().endpoint().override(), catalog, clock);
        this.diagnosis = new Diagnosis(settings, calls, quotas, catalog, clock);
        this.reachability = new Reachability(calls.network(), settings, regions(settings, catalog));
    }

    private static List<String> regions(AzureSettings settings, PriceCatalog catalog) {
        return settings.cloud().regions().isEmpty()
                ? catalog.entries().stream()
                        .map(PriceCatalog.Entry::region)
                        .distinct()
                        .sorted()
                        .toList()
                : settings.cloud().regions();
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
            return Outcome.failed(new Failure.InvalidRequest("The tag " + tooLong.get() + " would be too long"));
        }
        String name = CloudNames.machine(request.tags());
        MachineId id = new MachineId(settings.groupOf(request.tags().lineage()), name);
        return switch (BootScript.write(
                request, MetadataService.AZURE, settings.machine().metadata())) {
            case Outcome.Failed<String>(Failure failure) -> Outcome.failed(failure);
            case Outcome.Done<String>(String script) ->
                launcher.launch(request, id, MachineOrder.of(request, name, script, settings.machine()));
        };
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return observer.observe(lineage);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return terminations.terminate(instanceId);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        return subscriptions.keep(EventPoll.start(
                AzureNames.CLOUD, () -> observeAndTidy(lineage), this::preemption, listener, eventTiming));
    }

    /// A machine that stopped, or could not be made, stays, with its disk, until it is deleted. Only
    /// whoever keeps watch does that, not somebody who merely looks.
    private Outcome<Observation> observeAndTidy(String lineage) {
        Outcome<Observation> seen = observe(lineage);
        for (Instance leftOver : known.takeLeftOvers(lineage)) {
            // If it fails, the next look finds it again.
            MachineId.parse(leftOver.id()).ifPresent(calls::delete);
        }
        return seen;
    }

    private Optional<Instant> preemption(Instance stopping) {
        return known.find(stopping.id()).filter(one -> !one.terminated()).map(one -> clock.instant());
    }

    /// Azure keeps a console only for machines with boot diagnostics, as a file in a storage account.
    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return Outcome.failed(Failure.unsupportedEverywhere("Azure keeps no logs of machines"));
    }

    @Override
    public Outcome<List<AccountQuota>> quotas() {
        return quotas.read();
    }

    @Override
    public Outcome<CloudAccount> account() {
        return Outcome.done(new CloudAccount(settings.cloud().endpoint().name(), settings.subscription()));
    }

    @Override
    public List<Finding> diagnose() {
        return diagnosis.findings();
    }

    @Override
    public List<Finding> reach(List<LocationPattern> places, SortedSet<Integer> ports) {
        return reachability.look(places, ports);
    }

    @Override
    public Outcome<PriceCatalog> updateCatalog() {
        return Catalogs.keep(retailPrices.read(), directory);
    }

    @Override
    public void close() {
        subscriptions.close();
        clients.close();
    }
}
