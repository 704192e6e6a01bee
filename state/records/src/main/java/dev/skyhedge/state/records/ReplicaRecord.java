package dev.skyhedge.state.records;

import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// One generation of a replica.
///
/// @param service name of its service; the instance may still carry an earlier one as a tag
/// @param name name of the replica, unique in a state: the service that it was launched for, `-`, ordinal. The
///     instance carries it as a tag, so it stays when the service gets another name
/// @param generation counts the attempts to run this replica, from 1
/// @param version the version of the replica block that it runs
/// @param lifecycle where it is in its life
/// @param offer what it was, or is to be, rented as, at the price that its cloud last said
/// @param token the token of its launch
/// @param instanceId the provider's id, once known
/// @param endpoint where it is reached, once known
/// @param requestedAt when its launch was decided
/// @param since when it entered its lifecycle state
/// @param readyAt when it was first ready
/// @param atRiskSince since when the cloud says that it is at elevated risk of being taken back
/// @param preemptionAt when the cloud said it would take it back
/// @param endsAs the end that it will come to once its instance is gone: [Lifecycle#GONE] unless something
///     went wrong
/// @param health what probes said last of it; empty until it is ready, and in rows from before it was kept
/// @param provenAt when it had stayed healthy for `min_healthy`: from then on it counts in a roll-out
/// @param failures consecutive failed generations of this replica, this one included if it failed. Being
///     ready does not make an end of them, staying healthy does
/// @param reason why it is in this state, for people
/// @param logTail the last lines that its workload wrote before it failed; empty if none are known
public record ReplicaRecord(
        String service,
        String name,
        int generation,
        String version,
        Lifecycle lifecycle,
        Offer offer,
        IdempotencyToken token,
        Optional<String> instanceId,
        Optional<Endpoint> endpoint,
        Instant requestedAt,
        Instant since,
        Optional<Instant> readyAt,
        Optional<Instant> atRiskSince,
        Optional<Instant> preemptionAt,
        Lifecycle endsAs,
        Optional<Health> health,
        Optional<Instant> provenAt,
        int failures,
        String reason,
        String logTail) {
    public ReplicaRecord {
        if (endsAs.isLive()) {
            throw new IllegalArgumentException("A replica does not end as " + endsAs);
        }
    }

    /// A replica at its beginning, of which nothing but its launch is known.
    ///
    /// @param at when this was decided
    /// @param failures consecutive failed generations before this one
    public static ReplicaRecord begun(
            String service,
            String name,
            int generation,
            String version,
            Lifecycle lifecycle,
            Offer offer,
            IdempotencyToken token,
            Instant at,
            int failures,
            String reason) {
        return new ReplicaRecord(
                service,
                name,
                generation,
                version,
                lifecycle,
                offer,
                token,
                Optional.empty(),
                Optional.empty(),
                at,
                at,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Lifecycle.GONE,
                Optional.empty(),
                Optional.empty(),
                failures,
                reason,
                "");
    }

    /// Whether it takes traffic: it got ready, and nobody has found since that it fails its probes.
    public boolean isServing() {
        return lifecycle == Lifecycle.READY && health.map(Health::passing).orElse(true);
    }

    /// Whether it has stayed healthy for long enough to be relied on.
    public boolean isProven() {
        return provenAt.isPresent();
    }

    /// The same replica in another state.
    public ReplicaRecord in(Lifecycle next, Instant at, String why) {
        var copy = new Copy(this);
        copy.lifecycle = next;
        copy.since = at;
        copy.reason = why;
        if (next == Lifecycle.READY) {
            copy.readyAt = readyAt.or(() -> Optional.of(at));
            copy.health = Optional.of(new Health(true, at, why));
        }
        return copy.record();
    }

    /// The same replica with another verdict of its probes.
    public ReplicaRecord judged(Health verdict) {
        var copy = new Copy(this);
        copy.health = Optional.of(verdict);
        return copy.record();
    }

    /// The same replica, which has stayed healthy for long enough to be relied on.
    public ReplicaRecord proven(Instant at) {
        var copy = new Copy(this);
        copy.provenAt = Optional.of(at);
        return copy.record();
    }

    /// The same replica, which has been healthy for so long that earlier failures say nothing any more.
    public ReplicaRecord forgiven() {
        var copy = new Copy(this);
        copy.failures = 0;
        return copy.record();
    }

    /// The same replica with what the provider now says of its instance.
    public ReplicaRecord onInstance(String id, Optional<Endpoint> address) {
        var copy = new Copy(this);
        copy.instanceId = Optional.of(id);
        copy.endpoint = address;
        return copy.record();
    }

    /// The same replica, which the cloud takes to be at elevated risk.
    public ReplicaRecord atRisk(Instant since) {
        var copy = new Copy(this);
        copy.atRiskSince = Optional.of(since);
        return copy.record();
    }

    /// The same replica, about to be taken back.
    public ReplicaRecord preemptedAt(Instant deadline) {
        var copy = new Copy(this);
        copy.preemptionAt = Optional.of(deadline);
        copy.endsAs = Lifecycle.PREEMPTED;
        return copy.record();
    }

    /// The same replica, to come to this end.
    public ReplicaRecord endingAs(Lifecycle end) {
        var copy = new Copy(this);
        copy.endsAs = end;
        return copy.record();
    }

    /// The same replica with the last lines that its workload wrote.
    public ReplicaRecord withLog(String lastLines) {
        var copy = new Copy(this);
        copy.logTail = lastLines;
        return copy.record();
    }

    /// The same replica, found not to work.
    public ReplicaRecord failing() {
        var copy = new Copy(this);
        copy.endsAs = Lifecycle.FAILED;
        copy.failures = failures + 1;
        return copy.record();
    }

    /// The same replica, whose instance costs another price from now on.
    public ReplicaRecord at(HourlyPrice price) {
        var copy = new Copy(this);
        copy.offer = offer.at(price);
        return copy.record();
    }

    /// The same replica as one of another service. Its name stays: the instance carries it as a tag.
    public ReplicaRecord ofService(String other) {
        var copy = new Copy(this);
        copy.service = other;
        return copy.record();
    }

    /// A record in the making: everything is as it was but what is assigned.
    private static final class Copy {
        private final ReplicaRecord original;
        private String service;
        private Lifecycle lifecycle;
        private Offer offer;
        private Optional<String> instanceId;
        private Optional<Endpoint> endpoint;
        private Instant since;
        private Optional<Instant> readyAt;
        private Optional<Instant> atRiskSince;
        private Optional<Instant> preemptionAt;
        private Lifecycle endsAs;
        private Optional<Health> health;
        private Optional<Instant> provenAt;
        private int failures;
        private String reason;
        private String logTail;

        Copy(ReplicaRecord original) {
            this.original = original;
            this.service = original.service;
            this.lifecycle = original.lifecycle;
            this.offer = original.offer;
            this.instanceId = original.instanceId;
            this.endpoint = original.endpoint;
            this.since = original.since;
            this.readyAt = original.readyAt;
            this.atRiskSince = original.atRiskSince;
            this.preemptionAt = original.preemptionAt;
            this.endsAs = original.endsAs;
            this.health = original.health;
            this.provenAt = original.provenAt;
            this.failures = original.failures;
            this.reason = original.reason;
            this.logTail = original.logTail;
        }

        ReplicaRecord record() {
            return new ReplicaRecord(
                    service,
                    original.name,
                    original.generation,
                    original.version,
                    lifecycle,
                    offer,
                    original.token,
                    instanceId,
                    endpoint,
                    original.requestedAt,
                    since,
                    readyAt,
                    atRiskSince,
                    preemptionAt,
                    endsAs,
                    health,
                    provenAt,
                    failures,
                    reason,
                    logTail);
        }
    }
}
