package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LaunchRequest;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderLimits;
import dev.skyhedge.spi.ProviderListener;
import dev.skyhedge.spi.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A client of the cloud in a box.
final class LocalProvider implements Provider {
    private static final int PARALLEL_CALLS = 32;

    private final DaemonConnection daemon;
    private final Duration visibilityDelay;
    private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();

    LocalProvider(DaemonConnection daemon, Duration visibilityDelay) {
        this.daemon = daemon;
        this.visibilityDelay = visibilityDelay;
    }

    @Override
    public ProviderLimits limits() {
        return new ProviderLimits(PARALLEL_CALLS, DaemonConnection.CALL_TIME, visibilityDelay);
    }

    @Override
    public Outcome<OfferList> offers(OfferQuery query) {
        return daemon.call(
                "offers",
                Wire.object(
                        "locations", Wire.words(query.locations()), "accelerators", Wire.words(query.accelerators())),
                Wire::offerList);
    }

    @Override
    public Outcome<Instance> launch(LaunchRequest request) {
        return daemon.call("launch", Wire.write(request), Wire::instance);
    }

    @Override
    public Outcome<Observation> observe(String lineage) {
        return daemon.call("observe", Wire.object("lineage", lineage), Wire::observation);
    }

    @Override
    public Outcome<Ended> terminate(String instanceId, Location location) {
        return daemon.call(
                "terminate", Wire.object("id", instanceId, "location", location.toString()), answer -> Ended.ENDED);
    }

    @Override
    public Subscription events(String lineage, ProviderListener listener) {
        EventReader reader = new EventReader(daemon, lineage, listener);
        readers.add(reader);
        reader.start();
        return () -> {
            readers.remove(reader);
            reader.close();
        };
    }

    @Override
    public Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes) {
        return daemon.call(
                "logs",
                Wire.object("id", instanceId, "location", location.toString(), "offset", offset, "max_bytes", maxBytes),
                page -> new LogPage(page.text("text"), page.number("next_offset"), page.flag("complete")));
    }

    @Override
    public List<Finding> diagnose() {
        var everything = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        return switch (offers(everything)) {
            case Outcome.Done<OfferList>(OfferList list) ->
                List.of(
                        list.offers().isEmpty()
                                ? new Finding.Notable(
                                        "daemon", "answers, and offers nothing", "Declare instance_types and regions.")
                                : new Finding.Good(
                                        "daemon",
                                        "answers, with " + list.offers().size() + " offers in "
                                                + list.offers().stream()
                                                        .map(Offer::location)
                                                        .distinct()
                                                        .count()
                                                + " zones"));
            case Outcome.Failed<OfferList>(Failure failure) ->
                List.of(new Finding.Bad(
                        "daemon",
                        failure.kind() + ": " + failure.message(),
                        "Look at `skyhedge local-cloud status`, and stop it with `skyhedge local-cloud stop`."));
        };
    }

    @Override
    public void close() {
        readers.forEach(EventReader::close);
        readers.clear();
    }
}
