package dev.skyhedge.spi;

import java.util.List;
import java.util.SortedSet;

/// A cloud that rents instances to us.
///
/// Calls block; callers use virtual threads. Implementations are thread-safe and translate every foreign
/// exception into a [Failure]; an exception out of these methods is a bug of the provider.
public interface Provider extends AutoCloseable {
    /// What this provider asks of its callers.
    ProviderLimits limits();

    /// Prices and instance types for each location and market. May be cached; the answer says when it was read.
    Outcome<OfferList> offers(OfferQuery query);

    /// Rents an instance and starts its workload. Returns as soon as the instance has an id, usually
    /// [InstanceState#PENDING]. Repeated with the same token and parameters it returns the same instance, even
    /// if that has ended; with the same token and other parameters it fails with [Failure.Conflict]. A definite
    /// failure leaves nothing behind.
    Outcome<Instance> launch(LaunchRequest request);

    /// All instances that carry this lineage, in every location, live or recently ended. A location that could
    /// not be asked is named in the answer; only if none could be asked does the call fail.
    ///
    /// @param lineage an empty text means every lineage: all instances with our tags, whichever state they belong
    ///     to. That is how a state that was lost is told from one that is new.
    Outcome<Observation> observe(String lineage);

    /// Gives an instance back. Idempotent: for one that has ended or never existed it succeeds. When it
    /// returns, the instance is on its way out and will not serve again, though it may need a moment to be
    /// gone.
    Outcome<Ended> terminate(String instanceId, Location location);

    /// Delivers events about instances of this lineage, as early as this cloud can tell, until the subscription
    /// is closed. The listener is called from any thread, one event at a time, and returns quickly. After a
    /// disturbance the provider resumes by itself and sends [ProviderEvent.Gap].
    Subscription events(String lineage, ProviderListener listener);

    /// What the instance's workload wrote, from a byte offset on; a negative offset counts back from the end.
    /// Fails with [Failure.UnsupportedHere] where the cloud keeps no logs.
    Outcome<LogPage> logs(String instanceId, Location location, long offset, int maxBytes);

    /// What the account may still rent, as far as the cloud tells; empty if it does not.
    default Outcome<List<AccountQuota>> quotas() {
        return Outcome.done(List.of());
    }

    /// Which cloud and account this is.
    default Outcome<CloudAccount> account() {
        return Outcome.done(CloudAccount.NONE);
    }

    /// Looks at everything that this provider needs: credentials, permissions, quotas, the clock, the endpoint.
    /// Rents nothing. Empty means that there is nothing to look at.
    default List<Finding> diagnose() {
        return List.of();
    }

    /// Looks at whether instances launched in these places could be reached on these ports from where this runs: by
    /// what their networks admit, whether they have a network at all, and an address. Rents and changes nothing.
    /// What could not be looked at is told as [Finding.Notable]. Empty means that nothing can be said.
    default List<Finding> reach(List<LocationPattern> places, SortedSet<Integer> ports) {
        return List.of();
    }

    /// Asks the cloud for today's list prices and keeps them in the provider's directory, where they win over
    /// those that the plugin ships. Fails with [Failure.UnsupportedHere] where there is no such list.
    default Outcome<PriceCatalog> updateCatalog() {
        return Outcome.failed(Failure.unsupportedEverywhere("this provider has no price catalogue"));
    }

    /// Frees this client's connections and threads. Instances stay.
    @Override
    void close();

    /// Answer of a termination: nothing more to say.
    enum Ended {
        /// The instance is on its way out or gone.
        ENDED
    }
}
