package dev.skyhedge.providers.aws;

import dev.skyhedge.providers.cloud.boot.BootScript;
import dev.skyhedge.providers.cloud.boot.MetadataService;
import dev.skyhedge.providers.cloud.calls.CallPacing;
import dev.skyhedge.providers.cloud.calls.CallRate;
import dev.skyhedge.providers.cloud.calls.CallRepeater;
import dev.skyhedge.providers.cloud.calls.Outages;
import dev.skyhedge.providers.cloud.calls.Pause;
import dev.skyhedge.providers.cloud.catalog.Catalogs;
import dev.skyhedge.providers.cloud.lifecycle.Subscriptions;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.CloudAccount;
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
import java.time.InstantSource;
import java.util.List;
import java.util.SortedSet;
import java.util.random.RandomGenerator;

/// A client of Amazon EC2.
final class AwsProvider implements Provider {
    /// One call over the wire.
    static final Duration CALL_TIME = Duration.ofSeconds(30);

    /// One question to all regions.
    static final Duration ROUND_TIME = Ec2Calls.REPEATING.plus(CALL_TIME);

    /// What a launch or a termination may take with all its repetitions.
    private static final Duration LONGEST = Duration.ofSeconds(150);

    private static final int PARALLEL_CALLS = 64;

    /// Where time and chance come from.
    ///
    /// @param pollPeriod time between two looks for changes
    record Environment(InstantSource clock, Pause pause, RandomGenerator random, Duration pollPeriod) {}

    private final RegionClients clients;
    private final Ec2Calls calls;
    private final Sightings sightings;
    private final Offers offers;
    private final Launches launches;
    private final Survey survey;
    private final Terminations terminations;
    private final Account account;
    private final Diagnosis diagnosis;
    private final Reachability reachability;
    private final AccountQuotas quotas;
    private final TodaysCatalog todaysCatalog;
    private final Path directory;
    private final Environment environment;
    private final Subscriptions<EventPoll> subscriptions = new Subscriptions<>();

    /// @param directory where newer prices are kept
    AwsProvider(AwsSettings settings, PriceCatalog catalog, Path directory, Environment environment) {
        this.directory = directory;
        this.environment = environment;
        InstantSource clock = environment.clock();
        CallPacing pacing =
                new CallPacing(group -> rate(Ec2Calls.Group.valueOf(group.group())), clock, environment.pause());
        this.clients = new RegionClients(settings.common().endpoint().override());
        Outages outages = new Outages(settings.common().endpoint(), clock);
        this.calls = new Ec2Calls(
                clients, new CallRepeater(pacing, clock, environment.pause(), environment.random(), outages), outages);
        Prices prices = new Prices(catalog);
        this.sightings = new Sightings(prices, settings.publicAddress().orElse(true), clock);
        EnabledRegions enabled = new EnabledRegions(calls, settings.home(), clock);
        this.offers = new Offers(calls, enabled, settings, prices, clock);
        this.todaysCatalog = new TodaysCatalog(offers, prices, clock);
        this.launches = new Launches(calls, settings, request -> bootScript(request, settings), sightings);
        this.survey = new Survey(calls, enabled, settings, sightings, clock);
        this.terminations = new Terminations(calls, sightings, environment.pause());
        this.account = new Account(calls, settings);
        this.quotas = new AccountQuotas(calls, settings, enabled, prices);
        this.reachability = new Reachability(calls, settings, enabled);
        this.diagnosis = new Diagnosis(calls, settings, account, enabled, prices, clock);
    }

    Ec2Calls calls() {
        return calls;
    }

    /// EC2's documented buckets for calls that read, that rent and that end. The account's own may be larger;
    /// smaller ones are found by being throttled.
    private static CallRate rate(Ec2Calls.Group group) {
        return switch (group) {
            case DESCRIBE -> new CallRate(20, 100);
            case RUN -> new CallRate(2, 5);
            case TERMINATE -> new CallRate(5, 100);
            case QUOTAS -> new CallRate(2, 5);
        };
    }

    private static Outcome<String> bootScript(LaunchRequest request, AwsSettings settings) {
        return BootScript.write(
                request, MetadataService.AWS, settings.common().endpoint().metadata());
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(PARALLEL_CALLS, LONGEST, Sightings.VISIBILITY_DELAY);
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return offers.read(query);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        Outcome<Instance> outcome = launches.launch(request);
        if (outcome instanceof Outcome.Done<Instance>(Instance launched)) {
            subscriptions.forEach(poll -> poll.expect(launched));
        }
        return outcome;
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return survey.everywhere(lineage);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return terminations.terminate(instanceId, location.region());
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        EventPoll poll =
                new EventPoll(survey, new SpotRequests(calls), lineage, listener, environment.pollPeriod(), Pause.REAL);
        poll.start();
        return subscriptions.keep(poll);
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return ConsoleLog.read(calls, instanceId, location.region(), offset, maxBytes);
    }

    @Override
    public Outcome<List<AccountQuota>> quotas() {
        return quotas.read();
    }

    @Override
    public Outcome<CloudAccount> account() {
        return account.read();
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
        return Catalogs.keep(todaysCatalog.read(), directory);
    }

    @Override
    public void close() {
        subscriptions.close();
        clients.close();
    }
}
