package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.plan.MeasuredLoad;
import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.ProviderEvent;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ReplicaKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Something that the reconciler is told. Each wakes it at once.
public sealed interface Message {
    /// The spec is this from now on.
    record SpecGiven(Spec spec) implements Message {}

    /// A provider answered with its offers.
    record OffersRead(String provider, OfferList offers) implements Message {}

    /// A provider said what the account may still rent; nothing if it could not.
    record QuotasRead(String provider, List<AccountQuota> quotas, Instant at) implements Message {}

    /// A provider said what is there.
    record Observed(String provider, Observation observation) implements Message {}

    /// A provider could not be asked.
    ///
    /// @param observing whether it was asked what is there; otherwise it was asked what it offers, which it may not
    ///     know although it works
    record ProviderSilent(String provider, Failure failure, boolean observing) implements Message {}

    /// A provider noticed something.
    record Happened(String provider, ProviderEvent event) implements Message {}

    /// A launch was answered.
    record LaunchEnded(String intentId, Outcome<Instance> outcome) implements Message {}

    /// A termination was answered.
    record TerminateEnded(String intentId, Outcome<?> outcome) implements Message {}

    /// A replica's readiness became known, changed, or its reason did.
    ///
    /// @param unreachable whether nothing has ever come back from it, for longer than a machine takes to boot
    record Probed(ReplicaKey replica, boolean passing, boolean unreachable, String detail) implements Message {
        /// Kind of the event that a replica leaves which nothing can reach.
        public static final String UNREACHABLE = "unreachable";

        /// Of a replica that answers, or has not had the time to.
        public Probed(ReplicaKey replica, boolean passing, String detail) {
            this(replica, passing, false, detail);
        }
    }

    /// A failed replica's last lines were read.
    record LogRead(ReplicaKey replica, String lastLines) implements Message {
        /// Kind of the event that it leaves.
        public static final String EVENT = "log_read";
    }

    /// More was read of what a task writes.
    ///
    /// @param offset from where it was read
    /// @param page what was read; empty if that could not be
    record Heard(ReplicaKey replica, long offset, Optional<LogPage> page) implements Message {}

    /// A balancer's figures.
    ///
    /// @param requestsPerSecond over the spec's window
    /// @param held requests that wait because no replica is ready
    /// @param inFlight requests in progress, by replica name
    /// @param at when they were read
    /// @param load requests by size; empty where nobody counts them
    record SignalsRead(
            String service,
            OptionalDouble requestsPerSecond,
            int held,
            Map<String, Integer> inFlight,
            Instant at,
            Optional<MeasuredLoad> load)
            implements Message {
        /// Without sizes.
        public SignalsRead(
                String service, OptionalDouble requestsPerSecond, int held, Map<String, Integer> inFlight, Instant at) {
            this(service, requestsPerSecond, held, inFlight, at, Optional.empty());
        }
    }

    /// The first request has to wait because no replica is ready.
    record Woken(String service) implements Message {}

    /// A balancer could not reach a replica.
    record Unreachable(ReplicaKey replica) implements Message {}

    /// A balancer gives a replica no requests for a while, because it fails what its peers serve.
    ///
    /// @param detail what was seen, for people
    record Ejected(ReplicaKey replica, String detail) implements Message {
        /// Kind of the event that it leaves.
        public static final String EVENT = "ejected";
    }

    /// An instance reported something about itself.
    record Noticed(InstanceNotice notice) implements Message {}

    /// A draining replica has no request in progress any more.
    record Drained(ReplicaKey replica) implements Message {}

    /// The `check` blocks say something else than before.
    record ChecksRead(List<CheckResult> checks) implements Message {
        public ChecksRead {
            checks = List.copyOf(checks);
        }
    }

    /// These orders stand in the state, and nobody had answered them when it was read.
    record OrdersRead(List<PlacedOrder> orders) implements Message {
        public OrdersRead {
            orders = List.copyOf(orders);
        }
    }

    /// An order to apply files cannot be carried out by who follows them.
    record OrderRefused(long number, String why) implements Message {}

    /// A change of the spec waits until somebody agrees to it, or does so no more.
    ///
    /// @param text what waits; empty if nothing does any more
    record ChangeWaits(Optional<String> text) implements Message {
        /// Kind of the event that it leaves while a change waits.
        public static final String WAITS = "change_waits";

        /// Kind of the event that it leaves once none does.
        public static final String DECIDED = "change_decided";
    }

    /// So much time has passed by the clock, beyond what this process lived through: the clock was set, or
    /// the process or its machine stood still. Negative if the clock was set back.
    record TimeLost(Duration lost) implements Message {}

    /// Time has passed.
    record Tick() implements Message {}
}
