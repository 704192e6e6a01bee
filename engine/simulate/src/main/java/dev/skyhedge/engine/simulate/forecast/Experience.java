package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.ZoneHealth;
import dev.skyhedge.state.records.ZoneHealth.TrackRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a state has seen: the market as its replicas met it, and how long they took to be ready.
public final class Experience {
    private static final Optional<String> NO_CAPACITY = Optional.of(Failure.NoCapacity.KIND);

    private final Map<Pool, PoolExperience> pools = new LinkedHashMap<>();
    private final Times coldStarts;
    private final Times answers;
    private final Times refusals;

    record Pool(Location location, Accelerator accelerator) {
        static Pool of(Offer offer) {
            return new Pool(offer.location(), offer.accelerator());
        }
    }

    /// How long something took, each time.
    private record Times(List<Duration> sorted) {
        static Times of(List<Duration> times) {
            return new Times(times.stream().sorted().toList());
        }

        Optional<Duration> median() {
            return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get(sorted.size() / 2));
        }
    }

    private Experience(List<Duration> coldStarts, List<Duration> answers, List<Duration> refusals) {
        this.coldStarts = Times.of(coldStarts);
        this.answers = Times.of(answers);
        this.refusals = Times.of(refusals);
    }

    /// Nothing was seen.
    public static Experience none() {
        return new Experience(List.of(), List.of(), List.of());
    }

    /// Reads a state.
    ///
    /// @param past rows of replicas, each time that one changed, oldest first; as far back as is known
    /// @param health as recorded, which remembers less but longer
    /// @param now end of what was seen
    public static Experience of(List<ReplicaRecord> past, List<ZoneHealth> health, Instant now) {
        Map<String, ReplicaRecord> latest = new LinkedHashMap<>();
        List<Duration> answers = new ArrayList<>();
        List<Duration> refusals = new ArrayList<>();
        for (ReplicaRecord row : past) {
            ReplicaRecord before = latest.put(row.name() + "#" + row.generation(), row);
            if (before != null && before.lifecycle() == Lifecycle.REQUESTED) {
                Duration answer = Duration.between(row.requestedAt(), row.since());
                if (row.instanceId().isPresent()) {
                    answers.add(answer);
                } else if (row.machine().refusedAs().equals(NO_CAPACITY)) {
                    refusals.add(answer);
                }
            }
        }
        Map<Pool, PoolDiary> diaries = new LinkedHashMap<>();
        List<Duration> coldStarts = new ArrayList<>();
        for (ReplicaRecord row : latest.values()) {
            row.readyAt().ifPresent(at -> coldStarts.add(Duration.between(row.requestedAt(), at)));
            if (row.offer().market() == Market.SPOT) {
                note(diaries.computeIfAbsent(Pool.of(row.offer()), _ -> new PoolDiary()), row, now);
            }
        }
        var experience = new Experience(coldStarts, answers, refusals);
        diaries.forEach((pool, diary) -> experience.pools.put(pool, diary.experience()));
        for (ZoneHealth zone : health) {
            if (zone.market() == Market.SPOT) {
                Pool pool = new Pool(zone.location(), zone.accelerator());
                experience.pools.merge(pool, of(zone, now), (seen, known) -> known.or(seen));
            }
        }
        return experience;
    }

    private static void note(PoolDiary diary, ReplicaRecord row, Instant now) {
        boolean takenBack = row.lifecycle() == Lifecycle.PREEMPTED;
        if (row.instanceId().isPresent()) {
            diary.stayed(row.requestedAt(), row.lifecycle().isLive() ? now : row.since(), takenBack);
        } else if (takenBack || row.machine().refusedAs().equals(NO_CAPACITY)) {
            diary.refused(row.since());
        }
    }

    private static PoolExperience of(ZoneHealth zone, Instant now) {
        TrackRecord known = zone.history();
        Duration sinceHeld = known.heldSince()
                .map(since -> Duration.between(since, now))
                .filter(Duration::isPositive)
                .orElse(Duration.ZERO);
        Glimpse last = known.heldSince().isPresent()
                ? new Glimpse(true, now.minus(sinceHeld), now)
                : new Glimpse(
                        zone.status() == ZoneHealth.Status.ACTIVE,
                        zone.since(),
                        known.troubledAt().filter(zone.since()::isBefore).orElse(zone.since()));
        Duration calm = sinceHeld.plus(known.calmBefore());
        // It counts losses, too, but not the times in which they came.
        var room = new SeenSpells(calm.isPositive() ? List.of(new Watched(calm, false)) : List.of());
        return new PoolExperience(room, SeenSpells.NONE, Optional.of(last));
    }

    PoolExperience of(Pool pool) {
        return pools.getOrDefault(pool, PoolExperience.NONE);
    }

    /// The usual time from the decision to launch to ready; empty if none was seen.
    Optional<Duration> coldStart() {
        return coldStarts.median();
    }

    /// The usual time until the cloud accepts a launch; empty if none was seen.
    Optional<Duration> answer() {
        return answers.median();
    }

    /// The usual time until the cloud says that there is no room; empty if it never did.
    Optional<Duration> refusal() {
        return refusals.median();
    }
}
