package dev.skyhedge.providers.cloud.calls;

import dev.skyhedge.providers.cloud.settings.CloudEndpoint;
import dev.skyhedge.spi.Failure;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where nobody listens. A call that finds no connection had no effect anywhere, and many more of them find none
/// either: once an outage is sure, a call in two seconds looks whether it is over, and all others fail at once.
/// Calls of one account in one region stand and fall together. Thread-safe.
public final class Outages {
    /// How long an outage that is sure is believed in without another look.
    static final Duration BELIEVED = Duration.ofSeconds(2);

    private static final int MAX_CAUSES = 20;

    private final CloudEndpoint endpoint;
    private final InstantSource clock;
    private final ConcurrentHashMap<ApiGroup, Outage> outages = new ConcurrentHashMap<>();

    /// An outage.
    ///
    /// @param triedAt when a connection was last tried
    /// @param sure whether it was tried often enough
    /// @param why what the last try said
    private record Outage(Instant triedAt, boolean sure, String why) {}

    /// @param endpoint what is called, for messages
    public Outages(CloudEndpoint endpoint, InstantSource clock) {
        this.endpoint = endpoint;
        this.clock = clock;
    }

    /// A call came to an end without the cloud's answer; if because there was no connection, that is an outage.
    public void unanswered(ApiGroup group, Throwable thrown) {
        Optional<Throwable> unconnected = unconnected(thrown);
        if (unconnected.isEmpty()) {
            answered(group);
            return;
        }
        String why = unconnected.get().getClass().getSimpleName()
                + (unconnected.get().getMessage() == null
                        ? ""
                        : ": " + unconnected.get().getMessage());
        outages.merge(
                place(group),
                new Outage(clock.instant(), false, why),
                (before, now) -> new Outage(now.triedAt, before.sure, why));
    }

    /// Somebody listens.
    public void answered(ApiGroup group) {
        outages.remove(place(group));
    }

    /// Whether the last call there found no connection.
    boolean lasts(ApiGroup group) {
        return outages.containsKey(place(group));
    }

    /// Whether enough calls there have found no connection.
    boolean isSure(ApiGroup group) {
        Outage outage = outages.get(place(group));
        return outage != null && outage.sure;
    }

    /// Whether a call there need not be tried now.
    boolean isFresh(ApiGroup group) {
        Outage outage = outages.get(place(group));
        return outage != null && outage.sure && outage.triedAt.plus(BELIEVED).isAfter(clock.instant());
    }

    /// Enough calls have found no connection.
    void makeSure(ApiGroup group) {
        outages.computeIfPresent(place(group), (key, outage) -> new Outage(outage.triedAt, true, outage.why));
    }

    /// What a call there fails with.
    ///
    /// @param tries how often this call has tried
    Failure failure(ApiGroup group, int tries) {
        Outage outage = outages.get(place(group));
        String where = (endpoint.override().isPresent() ? endpoint.name() : "the cloud")
                + (group.region().isEmpty() ? "" : " in " + group.region());
        return new Failure.OutcomeUnknown("No connection to " + where
                + (outage == null ? "" : " (" + outage.why + ")")
                + ", tried " + (tries == 0 ? "a moment ago" : tries == 1 ? "once" : tries + " times") + ". "
                + (endpoint.override().isPresent()
                        ? "Start what should listen there, or correct the endpoint."
                        : "Check this machine's network, name service and proxy."));
    }

    private static ApiGroup place(ApiGroup group) {
        return new ApiGroup(group.account(), group.region(), "");
    }

    private static Optional<Throwable> unconnected(Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof ConnectException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof UnknownHostException) {
                return Optional.of(cause);
            }
            cause = cause.getCause();
        }
        return Optional.empty();
    }
}
