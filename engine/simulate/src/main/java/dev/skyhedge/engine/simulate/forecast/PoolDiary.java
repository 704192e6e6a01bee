package dev.skyhedge.engine.simulate.forecast;

import dev.skyhedge.engine.simulate.forecast.PoolExperience.Glimpse;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Looked;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Spell;
import dev.skyhedge.engine.simulate.forecast.SeenSpells.Watched;
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

    /// @param held since when the one was held that this is of
    private record Entry(Instant at, Kind kind, Instant held) {}

    private record Stay(Instant from, Instant until) {}

    private final List<Stay> stays = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();

    void stayed(Instant from, Instant until, boolean takenBack) {
        stays.add(new Stay(from, until));
        entries.add(new Entry(from, Kind.ACCEPTED, from));
        if (takenBack) {
            entries.add(new Entry(until, Kind.LOST, from));
        }
    }

    void refused(Instant at) {
        entries.add(new Entry(at, Kind.REFUSED, at));
    }

    PoolExperience experience() {
        // A refusal of the same instant as an acceptance was of another replica, and later said no more.
        entries.sort(Comparator.comparing(Entry::at).thenComparing(Entry::kind));
        List<Spell> shut = new ArrayList<>();
        List<Instant> losses = new ArrayList<>();
        List<Instant> troubles = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.ACCEPTED) {
                if (!troubles.isEmpty()) {
                    boolean watched = !troubles.getLast().plus(WATCHED).isBefore(entry.at());
                    shut.add(shut(troubles, watched ? Optional.of(entry.at()) : Optional.empty()));
                }
                troubles.clear();
                continue;
            }
            if (entry.kind() == Kind.LOST && (losses.isEmpty() || isAnother(entry, losses.getLast()))) {
                losses.add(entry.at());
            }
            troubles.add(entry.at());
        }
        Optional<Instant> shutSince = troubles.stream().findFirst();
        if (shutSince.isPresent()) {
            shut.add(shut(troubles, Optional.empty()));
        }
        return new PoolExperience(
                new SeenSpells(held(losses)),
                new SeenSpells(shut),
                entries.isEmpty() ? Optional.empty() : last(shutSince));
    }

    private static Spell shut(List<Instant> troubles, Optional<Instant> over) {
        Instant from = troubles.getFirst();
        return new Looked(
                troubles.stream()
                        .map(at -> Duration.between(from, at))
                        .distinct()
                        .toList(),
                over.map(at -> Duration.between(from, at)));
    }

    /// Whoever came after a loss was not lost by it, however soon the next one followed.
    private static boolean isAnother(Entry loss, Instant before) {
        return before.plus(ONE_EVENT).isBefore(loss.at()) || before.isBefore(loss.held());
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
    private List<Spell> held(List<Instant> losses) {
        stays.sort(Comparator.comparing(Stay::from));
        List<Spell> spells = new ArrayList<>();
        Duration spell = Duration.ZERO;
        Iterator<Instant> cuts = losses.iterator();
        Instant cut = cuts.hasNext() ? cuts.next() : Instant.MAX;
        Instant until = Instant.MIN;
        for (Stay stay : stays) {
            Instant from = stay.from().isAfter(until) ? stay.from() : until;
            while (!cut.isAfter(stay.until())) {
                spells.add(new Watched(spell.plus(between(from, cut)), true));
                spell = Duration.ZERO;
                from = cut.isAfter(from) ? cut : from;
                cut = cuts.hasNext() ? cuts.next() : Instant.MAX;
            }
            spell = spell.plus(between(from, stay.until()));
            until = stay.until().isAfter(until) ? stay.until() : until;
        }
        if (spell.isPositive()) {
            spells.add(new Watched(spell, false));
        }
        return spells;
    }

    private static Duration between(Instant from, Instant to) {
        return to.isAfter(from) ? Duration.between(from, to) : Duration.ZERO;
    }
}
