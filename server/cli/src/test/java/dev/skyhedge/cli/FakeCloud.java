package dev.skyhedge.cli;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.HourlyPrice;
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
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.PriceSource;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.CountDownLatch;

/// A cloud called `fake` that says what a test wants it to say and rents nothing.
final class FakeCloud implements ProviderFactory, Provider {
    List<Finding> findings = List.of();
    List<Finding> reach = List.of();
    boolean publicAddresses;
    boolean entrances;
    final List<String> reachAsked = new ArrayList<>();
    List<AccountQuota> quotas = new ArrayList<>();
    List<Offer> offers = List.of();
    List<PriceSource> sources = List.of();
    SequencedMap<String, MachineShape> shapes = new LinkedHashMap<>();
    CloudAccount account = new CloudAccount("", "4711");
    Optional<Failure> noAccount = Optional.empty();
    Outcome<Provider> opening = Outcome.done(this);
    Duration callTimeout = Duration.ofSeconds(5);
    /// Why nobody may look; empty if everybody may.
    Optional<Failure> denied = Optional.empty();
    /// Calls by these names are not answered before it lets go.
    Set<String> heldUp = Set.of();

    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public List<String> settingNames() {
        return List.of();
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return List.of();
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        return opening;
    }

    @Override
    public Outcome<PriceCatalog> catalog(ProviderSettings settings) {
        return updateCatalog();
    }

    @Override
    public Outcome<PriceCatalog> updateCatalog() {
        return Outcome.done(new PriceCatalog(
                "fake",
                Instant.parse("2026-01-01T00:00:00Z"),
                "made up",
                List.of(new PriceCatalog.Entry(
                        "g6.xlarge",
                        Accelerator.parse("L4"),
                        new MachineShape(4, 16_384),
                        "east",
                        List.of(),
                        Optional.of(HourlyPrice.ofUsd("0.8")),
                        Optional.empty()))));
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(1, callTimeout, Duration.ZERO);
    }

    @Override
    public Outcome<CloudAccount> account() {
        mayBeHeldUp("account");
        return noAccount.<Outcome<CloudAccount>>map(Outcome::failed).orElseGet(() -> Outcome.done(account));
    }

    @Override
    public Outcome<List<AccountQuota>> quotas() {
        mayBeHeldUp("quotas");
        return Outcome.done(quotas);
    }

    @Override
    public List<Finding> diagnose() {
        return findings;
    }

    @Override
    public boolean hasPublicAddresses(ProviderSettings settings) {
        return publicAddresses;
    }

    @Override
    public boolean hasEntrances() {
        return entrances;
    }

    @Override
    public List<Finding> reach(List<LocationPattern> places, SortedSet<Integer> ports) {
        mayBeHeldUp("reach");
        places.forEach(place -> reachAsked.add(place + " " + ports));
        return reach;
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        mayBeHeldUp(query.accelerators().isEmpty() ? "offers of everything" : "offers");
        if (denied.isPresent()) {
            return Outcome.failed(denied.get());
        }
        return Outcome.done(new OfferList(
                offers.stream().filter(query::asksFor).toList(), Instant.now(), List.of(), sources, shapes));
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        return Outcome.failed(new Failure.InvalidRequest("rents nothing"));
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        mayBeHeldUp(lineage.isEmpty() ? "observe all" : "observe");
        if (denied.isPresent()) {
            return Outcome.failed(denied.get());
        }
        return Outcome.done(new Observation(List.of(), List.of(), Instant.now()));
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return Outcome.done(Ended.ENDED);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        return () -> {};
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return Outcome.done(new LogPage("", 0, true));
    }

    @Override
    public void close() {}

    /// Answers all that it has not.
    void letGo() {
        end.countDown();
    }

    private void mayBeHeldUp(String call) {
        if (heldUp.contains(call)) {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
