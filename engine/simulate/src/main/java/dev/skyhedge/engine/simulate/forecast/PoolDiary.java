package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// Adds up what happened in a spot pool.
final class PoolDiary {
    /// Losses this close together are one event, as in placement.
    private static final Duration ONE_EVENT = Duration.ofSeconds(45);

    /// A launch that is accepted later than this after the last refusal does not say when there was room again.
    private static final Duration WATCHED = Duration.ofMinutes(15);

    private enum Kind {
        LOST,
        REFUSED,
        ACCEPTED
    }

    private record Entry(Instant at, Kind kind) {}

    private record Stay(Instant from, Instant until) {}

    private final List<Stay> stays = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    void stayed(Instant from, Instant until, boolean takenBack) {
        stays.add(new Stay(from, until));
        entries.add(new Entry(from, Kind.ACCEPTED));
        if (takenBack) {
            entries.add(new Entry(until, Kind.LOST));
        }
    }

    void refused(Instant at) {
        entries.add(new Entry(at, Kind.REFUSED));
    }

    PoolExperience experience() {
        // A refusal of the same instant as an acceptance was of another replica, and later said no more.
        entries.sort(Comparator.comparing(Entry::at).thenComparing(Entry::kind));
        List<Duration> shut = new ArrayList<>();
        int returns = 0;
        List<Instant> losses = new ArrayList<>();
        Optional<Instant> shutSince = Optional.empty();
        Instant lastTrouble = Instant.MIN;
        for (Entry entry : entries) {
            if (entry.kind() == Kind.ACCEPTED) {
                if (shutSince.isPresent()) {
                    boolean watched = !lastTrouble.plus(WATCHED).isBefore(entry.at());
                    shut.add(Duration.between(shutSince.get(), watched ? entry.at() : lastTrouble));
                    returns += watched ? 1 : 0;
                }
                shutSince = Optional.empty();
                continue;
            }
            if (entry.kind() == Kind.LOST
                    && (losses.isEmpty() || losses.getLast().plus(ONE_EVENT).isBefore(entry.at()))) {
                losses.add(entry.at());
            }
            shutSince = shutSince.or(() -> Optional.of(entry.at()));
            lastTrouble = entry.at();
        }
        if (shutSince.isPresent()) {
            shut.add(Duration.between(shutSince.get(), lastTrouble));
        }
        return new PoolExperience(
                new SeenSpells(held(losses), losses.size()),
                new SeenSpells(shut, returns),
                entries.isEmpty() ? Optional.empty() : last(shutSince));
    }

    private Optional<Glimpse> last(Optional<Instant> shutSince) {
        Instant end = entries.getLast().at();
        if (shutSince.isPresent()) {
            return Optional.of(new Glimpse(false, shutSince.get(), end));
        }
        Instant trouble = entries.stream()
                .filter(entry -> entry.kind() != Kind.ACCEPTED)
                .map(Entry::at)
                .reduce(Instant.MIN, (_, later) -> later);
        Instant since = entries.stream()
                .map(Entry::at)
                .filter(trouble::isBefore)
                .findFirst()
                .orElse(end);
        Instant until =
                stays.stream().map(Stay::until).max(Comparator.naturalOrder()).orElse(end);
        return Optional.of(new Glimpse(true, since, until.isAfter(end) ? until : end));
    }

    /// Times with at least one of ours there, each until a loss, or as long as it went.
    private List<Duration> held(List<Instant> losses) {
        stays.sort(Comparator.comparing(Stay::from));
        List<Duration> spells = new ArrayList<>();
        Duration spell = Duration.ZERO;
        Iterator<Instant> cuts = losses.iterator();
        Instant cut = cuts.hasNext() ? cuts.next() : Instant.MAX;
        Instant until = Instant.MIN;
        for (Stay stay : stays) {
            Instant from = stay.from().isAfter(until) ? stay.from() : until;
            while (!cut.isAfter(stay.until())) {
                spells.add(spell.plus(between(from, cut)));
                spell = Duration.ZERO;
                from = cut.isAfter(from) ? cut : from;
                cut = cuts.hasNext() ? cuts.next() : Instant.MAX;
            }
            spell = spell.plus(between(from, stay.until()));
            until = stay.until().isAfter(until) ? stay.until() : until;
        }
        if (spell.isPositive()) {
            spells.add(spell);
        }
        return spells;
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
