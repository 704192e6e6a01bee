package dev.skyhedge.balancer;

import dev.skyhedge.balancer.ErrorShare.Sample;
import dev.skyhedge.balancer.policy.Candidates;
import dev.skyhedge.balancer.policy.Chooser;
import dev.skyhedge.balancer.policy.PrefixAffinity;
import dev.skyhedge.balancer.policy.PrefixIndex;
import dev.skyhedge.balancer.policy.TokenWeighted;
import dev.skyhedge.balancer.prompt.Prompt;
import dev.skyhedge.balancer.prompt.PromptCaches;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One routing table made ready for choosing. Immutable but for the policy's turns; replaced as a whole.
///
/// A replica is left out while it cannot be reached, and while it is ejected for its errors. The latter has a floor:
/// never more than half of the reachable replicas, so that the last one that its probes find healthy always serves.
final class Route {
    /// Claims of one choice that may be lost to other requests before it gives up.
    private static final int MAX_CLAIMS = 8;

    /// Of prompts, by any replica: a round guess, for nobody tells. All that hangs on it is how much reading weighs
    /// beside what is in flight.
    private static final double TOKENS_READ_PER_SECOND = 5_000;

    /// By which each request in flight delays the first byte of another one: about one step of an engine.
    private static final double SECONDS_PER_REQUEST = 0.01;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int UNKNOWN_SIZE = -1;

    final RoutingTable table;
    final List<Replica> replicas;
    private final Replica[] ready;
    private final Chooser chooser;
    private final AnswerTime answerTime;
    private final IntSupplier mostInFlight;
    private final Optional<PromptCaches<TargetKey>> caches;
    private final int[] slots;
    private final RequestSizes.Fit[] fits;

    /// @param replicas one for each target, in its order
    /// @param mostInFlight requests that a replica is given at once; may change
    /// @param caches that know the ready ones of this table; empty for a policy that does not ask them
    Route(
            RoutingTable table,
            List<Replica> replicas,
            AnswerTime answerTime,
            IntSupplier mostInFlight,
            Optional<PromptCaches<TargetKey>> caches) {
        this.mostInFlight = mostInFlight;
        this.caches = caches;
        this.table = table;
        this.replicas = List.copyOf(replicas);
        this.answerTime = answerTime;
        this.ready = replicas.stream()
                .filter(replica -> replica.target().state() == Target.State.READY)
                .toArray(Replica[]::new);
        this.fits = table.sizes()
                .map(sizes -> IntStream.range(0, replicas.size())
                        .filter(i -> replicas.get(i).target().state() == Target.State.READY)
                        .mapToObj(sizes.fits()::get)
                        .toArray(RequestSizes.Fit[]::new))
                .orElseGet(() -> new RequestSizes.Fit[0]);
        double[] weights = new double[ready.length];
        for (int i = 0; i < ready.length; i++) {
            weights[i] = ready[i].target().weight();
        }
        this.chooser = new Chooser(table.policy(), weights);
        this.slots = Stream.of(ready)
                .mapToInt(
                        replica -> caches.map(known -> known.slot(replica.key)).orElse(PromptCaches.NONE))
                .toArray();
    }

    /// Chooses a replica and claims it with its breaker. It counts as having the prompt from then on.
    ///
    /// @param tried replicas that this request has been to
    /// @return null if none can take the request now
    @Nullable
    Pick choose(Set<Replica> tried, Subject subject, long now) {
        Pick pick = caches.isEmpty() || subject.prompt().isEmpty()
                ? chooseByLoadOrSize(tried, subject, now)
                : chooseByPrompt(tried, subject, now);
        return pick == null ? null : pick.working(workNanos(pick.replica(), size(subject)));
    }

    private @Nullable Pick chooseByLoadOrSize(Set<Replica> tried, Subject subject, long now) {
        int size = table.policy().goesBySize() ? size(subject) : UNKNOWN_SIZE;
        int index = claim(
                now,
                () -> size == UNKNOWN_SIZE
                        ? chooser.choose((Candidates) new Choice(tried, now), subject.session())
                        : chooser.choose(new SizedChoice(tried, now, size), subject.session()));
        return index < 0 ? null : Pick.of(ready[index]);
    }

    /// Its place among the sizes of this table: it may have been read by an older one.
    private int size(Subject subject) {
        if (table.sizes().isEmpty() || subject.size().isEmpty()) {
            return UNKNOWN_SIZE;
        }
        RequestSizes sizes = table.sizes().get();
        SizeMeter.Estimate estimate = subject.size().get();
        int input = sizes.input(estimate.sizes().inputs().get(estimate.input()));
        return sizes.index(input, estimate.expectedOutput());
    }

    private long workNanos(Replica replica, int size) {
        for (int i = 0; size != UNKNOWN_SIZE && i < ready.length; i++) {
            if (ready[i] == replica && fits[i].maxRates().get(size) > 0) {
                return Math.round(NANOS_PER_SECOND / fits[i].maxRates().get(size));
            }
        }
        return 0;
    }

    private @Nullable Pick chooseByPrompt(Set<Replica> tried, Subject subject, long now) {
        Prompt prompt = subject.prompt().orElseThrow();
        PrefixIndex.Hits hits = caches.orElseThrow().look(prompt, now);
        int index = claim(
                now,
                () -> chooser.choose(
                        new Choice(tried, now), subject.session(), hits, prompt.blocks(), prompt.tokens()));
        if (index < 0) {
            return null;
        }
        caches.orElseThrow().given(prompt, ready[index].key, now);
        int seen = hits.of(slots[index]);
        return new Pick(ready[index], prompt.blocks(), seen, prompt.tokensAfter(seen), 0);
    }

    /// @param choose asked again after a claim that was lost to another request
    /// @return whose breaker lets it through, or -1
    private int claim(long now, IntSupplier choose) {
        for (int claim = 0; claim < MAX_CLAIMS; claim++) {
            int index = choose.getAsInt();
            if (index < 0 || ready[index].breaker.acquire(now)) {
                return index;
            }
        }
        return -1;
    }

    /// Whether a replica that was not tried can take a request now.
    boolean hasChoice(Set<Replica> tried, long now) {
        Choice choice = new Choice(tried, now);
        for (int i = 0; i < ready.length; i++) {
            if (choice.eligible(i)) {
                return true;
            }
        }
        return false;
    }

    /// Whether there are replicas that would take a request, were they not full.
    boolean isFull(long now) {
        Choice choice = new Choice(Set.of(), now);
        boolean full = false;
        for (int i = 0; i < ready.length; i++) {
            if (choice.serves(i)) {
                if (choice.hasRoom(i)) {
                    return false;
                }
                full = true;
            }
        }
        return full;
    }

    /// How many held requests the replicas should get at once: each is filled up to the limit, one on trial
    /// gets one.
    int room(int perReplica, long now) {
        Choice choice = new Choice(Set.of(), now);
        int room = 0;
        int most = Math.min(perReplica, mostInFlight.getAsInt());
        for (int i = 0; i < ready.length; i++) {
            if (choice.eligible(i)) {
                room += ready[i].isReachable() ? Math.max(0, most - ready[i].inFlight()) : 1;
            }
        }
        return room;
    }

    /// How long until a replica is expected to be ready, or an ejected one is tried again, whichever is first; empty if
    /// neither is known.
    Optional<Duration> nextChance(Instant wallClock, long now) {
        Stream<Duration> expected = table.expectedReadyAt().stream().map(at -> Duration.between(wallClock, at));
        Stream<Duration> trials = replicas.stream()
                .filter(Replica::takesRequests)
                .map(replica -> Duration.ofNanos(replica.breaker.nanosUntilTrial(now)));
        return Stream.concat(expected, trials).filter(Duration::isPositive).min(Comparator.naturalOrder());
    }

    /// Counts the failures of one request against replicas, and ejects one that stands out among its peers; one
    /// request never ejects two.
    ///
    /// @return the one that this ejected
    synchronized Optional<Replica> blame(List<Replica> atFault, long now) {
        Optional<Replica> out = Optional.empty();
        for (Replica replica : atFault) {
            replica.standing.record(true, now);
            if (out.isEmpty() && standsOut(replica, now)) {
                replica.standing.eject(peersOf(replica, now), now);
                out = Optional.of(replica);
            }
        }
        return out;
    }

    private boolean standsOut(Replica replica, long now) {
        if (!replica.takesRequests() || !replica.isReachable() || replica.standing.isEjected(now)) {
            return false;
        }
        int reachable = 0;
        int ejected = 1;
        for (Replica other : ready) {
            reachable += other.isReachable() ? 1 : 0;
            ejected += other.isReachable() && other.standing.isEjected(now) ? 1 : 0;
        }
        return replica.standing.isOpenToBlame(now)
                && OutlierDetector.allows(ejected, reachable)
                && OutlierDetector.standsOut(replica.standing.sample(now), peersOf(replica, now));
    }

    /// Takes those back whose peers fail now what they failed: it was the requests.
    synchronized void exonerate(long now) {
        for (Replica replica : ready) {
            if (replica.standing.isEjected(now)) {
                replica.standing.exonerate(peersOf(replica, now), now);
            }
        }
    }

    /// What all others that take requests answer.
    Sample peersOf(Replica replica, long now) {
        Sample peers = Sample.NOTHING;
        for (Replica other : ready) {
            if (other != replica && !other.standing.isEjected(now)) {
                peers = peers.plus(other.standing.sample(now));
            }
        }
        return peers;
    }

    /// Whether a replica is ejected for its errors, and the floor lets that be.
    boolean leavesOut(Replica replica, long now) {
        return replica.standing.isEjected(now) && !new Choice(Set.of(), now).ignoresEjections;
    }

    /// For a request whose size is known.
    private final class SizedChoice extends Choice implements TokenWeighted.Targets {
        private final int size;

        SizedChoice(Set<Replica> tried, long now, int size) {
            super(tried, now);
            this.size = size;
        }

        @Override
        public double maxRate(int index) {
            return fits[index].maxRates().get(size);
        }

        @Override
        public double sizeWeight(int index) {
            return fits[index].weights().get(size);
        }

        @Override
        public double workSeconds(int index) {
            double errors = ready[index].errorLoad.load(super.now, answerTime.nanos());
            return ready[index].workNanos() / NANOS_PER_SECOND + errors / maxRate(index);
        }
    }

    private class Choice implements PrefixAffinity.Targets {
        private final Set<Replica> tried;
        final long now;
        private final boolean ignoresEjections;
        private final double fullShare;
        private final int most = mostInFlight.getAsInt();

        Choice(Set<Replica> tried, long now) {
            this.tried = tried;
            this.now = now;
            int reachable = 0;
            int ejected = 0;
            double largest = SlowStart.FIRST_SHARE;
            for (Replica replica : ready) {
                if (replica.isReachable()) {
                    reachable++;
                    ejected += replica.standing.isEjected(now) ? 1 : 0;
                    largest = Math.max(largest, replica.slowStart.share(now));
                }
            }
            this.ignoresEjections = !OutlierDetector.allows(ejected, reachable);
            this.fullShare = largest;
        }

        @Override
        public int size() {
            return ready.length;
        }

        @Override
        public boolean eligible(int index) {
            return hasRoom(index) && serves(index);
        }

        boolean hasRoom(int index) {
            return ready[index].inFlight() < most;
        }

        boolean serves(int index) {
            Replica replica = ready[index];
            return replica.breaker.permits(now)
                    && (ignoresEjections || !replica.standing.isEjected(now))
                    && !tried.contains(replica);
        }

        @Override
        public double load(int index) {
            return ready[index].inFlight() + ready[index].errorLoad.load(now, answerTime.nanos());
        }

        @Override
        public double weight(int index) {
            return ready[index].target().weight() * share(index);
        }

        @Override
        public long identity(int index) {
            return ready[index].identity;
        }

        @Override
        public double settledWeight(int index) {
            return ready[index].target().weight();
        }

        @Override
        public boolean takesTurn(int index) {
            double share = share(index);
            return share >= 1 || ready[index].slowStart.takesTurn(share);
        }

        @Override
        public int slot(int index) {
            return slots[index];
        }

        @Override
        public double prefillRate(int index) {
            return TOKENS_READ_PER_SECOND;
        }

        @Override
        public double waitSeconds(int index) {
            return ready[index].unreadTokens() / TOKENS_READ_PER_SECOND + SECONDS_PER_REQUEST * load(index);
        }

        /// The part of its full share, beside the one that has the most of it: where all are new, nobody is.
        private double share(int index) {
            return ready[index].slowStart.share(now) / fullShare;
        }
    }
}
