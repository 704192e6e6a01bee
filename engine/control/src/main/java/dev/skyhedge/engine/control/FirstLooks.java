package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Silence;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/// Which clouds have told a controller, since it began, what is there, what they offer and what the account may have.
/// Until they have, nothing new is planned: a plan on half of the world would launch what is already there, or put
/// everything into the cloud that answers first. One cloud that does not answer holds up the others only for so long;
/// what is recorded there counts as it is recorded, and without offers nothing is launched there. Owned by the
/// controller's loop.
final class FirstLooks {
    /// So long plans wait for a cloud once another one has said what is there.
    static final Duration PATIENCE = Silence.PATIENCE;

    private final long begunNanos;
    private final Set<String> seen = new HashSet<>();
    private final Set<String> notObserved;
    private final Set<String> noOffers;
    private final Set<String> noQuotas;

    /// @param clouds all that are asked
    /// @param nanos elapsed time, as [System#nanoTime()], here and below
    FirstLooks(Collection<String> clouds, long nanos) {
        this.begunNanos = nanos;
        this.notObserved = new HashSet<>(clouds);
        this.noOffers = new HashSet<>(clouds);
        this.noQuotas = new HashSet<>(clouds);
    }

    /// A cloud has said what is there.
    void observed(String cloud) {
        notObserved.remove(cloud);
        seen.add(cloud);
    }

    /// A cloud has said what it offers.
    void offered(String cloud) {
        noOffers.remove(cloud);
    }

    /// A cloud has said what the account may have.
    void allowed(String cloud) {
        noQuotas.remove(cloud);
    }

    /// A cloud cannot say: nothing more is waited for.
    void silent(String cloud) {
        notObserved.remove(cloud);
        noOffers.remove(cloud);
        noQuotas.remove(cloud);
    }

    /// Whether every cloud has answered, if only that it cannot.
    boolean areComplete() {
        return notObserved.isEmpty() && noOffers.isEmpty() && noQuotas.isEmpty();
    }

    /// Whether what is known may be served and brought to its end. What is recorded is better looked for once before
    /// traffic is sent there: its address may be somebody else's by now.
    boolean mayBegin(long nanos) {
        return !seen.isEmpty() || areComplete() || left(nanos).isZero();
    }

    /// Whether plans may be made. A world of which nobody has said anything is no empty one.
    boolean suffice(long nanos) {
        return areComplete() || (!seen.isEmpty() && left(nanos).isZero());
    }

    /// For how long those that have not answered are still waited for.
    Duration left(long nanos) {
        Duration left = PATIENCE.minusNanos(nanos - begunNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }
}
