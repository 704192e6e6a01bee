package dev.skyhedge.engine.retraining;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;

/// The search for one number of GPUs: many plans to begin with, and from the best of them moves that improve until
/// there are none. Used once.
final class ThiefSearch {
    /// Of a GPU: what a training's share is a multiple of.
    static final double SHARE_UNIT = 0.05;
    /// From so many of the plans to begin with it is searched on.
    private static final int STARTS = 6;
    /// Of two plans that differ by less none is better.
    private static final double TOLERANCE = 1e-9;
    /// In units: shares that a training is tried on, besides those next to its own.
    private static final List<Integer> SHARES = List.of(1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 26, 32, 40, 60, 80, 120, 160);

    private final Situation situation;
    private final Timeline timeline;
    private final int mostUnits;
    private final List<List<TrainingOption>> options;
    private long workLeft;

    /// Lanes with what they score.
    private record Scored(List<List<Item>> lanes, double score) {}

    ThiefSearch(Situation situation, Timeline timeline, double gpus, double mostShare, long workLimit) {
        this.situation = situation;
        this.timeline = timeline;
        this.workLeft = workLimit;
        mostUnits = (int) Math.floor(Math.min(mostShare, gpus) / SHARE_UNIT + TOLERANCE);
        options = situation.streams().stream()
                .map(stream -> worthwhile(stream, situation.seconds() * mostShare))
                .toList();
    }

    /// Options that could be the best: those that improve, end in time on the largest share, and bring
    /// more than all that are cheaper.
    static List<TrainingOption> worthwhile(RetrainedStream stream, double mostGpuSeconds) {
        List<TrainingOption> front = new ArrayList<>();
        if (stream.running().isPresent()) {
            return front;
        }
        double best = stream.accuracy();
        List<TrainingOption> cheapFirst = stream.options().stream()
                .sorted(Comparator.comparingDouble(TrainingOption::gpuSeconds)
                        .thenComparing(Comparator.comparingDouble(TrainingOption::accuracyAfter)
                                .reversed()))
                .toList();
        for (TrainingOption option : cheapFirst) {
            if (option.accuracyAfter() > best && option.gpuSeconds() <= mostGpuSeconds) {
                front.add(option);
                best = option.accuracyAfter();
            }
        }
        return front;
    }

    /// Plans of which the best is to be taken; the one without training is among them.
    ///
    /// @param carried one that was found for less
    List<List<List<Item>>> found(List<List<Item>> carried) {
        List<Scored> starts = new ArrayList<>();
        starts.add(scored(carried));
        starts.add(scored(earlier()));
        int fixed = starts.size();
        for (int lanes : laneCounts()) {
            for (int units = 1;
                    units <= mostUnits && workLeft > 0;
                    units += lanes == 1 && units < 20 ? 1 : Math.max(2, units / 4)) {
                starts.add(queue(lanes, units * SHARE_UNIT));
            }
        }
        starts.subList(fixed, starts.size())
                .sort(Comparator.comparingDouble(Scored::score).reversed());
        SequencedSet<List<List<Item>>> found = new LinkedHashSet<>();
        found.add(timeline.begun());
        found.add(carried);
        for (Scored start : starts.subList(0, Math.min(starts.size(), fixed + STARTS))) {
            found.add(improved(start).lanes());
        }
        return List.copyOf(found);
    }

    private List<Integer> laneCounts() {
        int streams = situation.streams().size();
        SequencedSet<Integer> counts = new LinkedHashSet<>();
        for (int lanes = 1; lanes < streams; lanes += Math.max(1, lanes / 2)) {
            counts.add(lanes);
        }
        counts.add(streams);
        return List.copyOf(counts);
    }

    /// What an earlier plan has left, as far as it is still possible, behind what runs.
    private List<List<Item>> earlier() {
        List<String> names =
                situation.streams().stream().map(RetrainedStream::name).toList();
        List<List<Item>> begun = new ArrayList<>(timeline.begun());
        List<List<Item>> lanes = new ArrayList<>();
        for (List<PlannedTraining> lane : situation.earlier()) {
            List<Item> left = new ArrayList<>();
            for (PlannedTraining one : lane) {
                int stream = names.indexOf(one.stream());
                begun.stream()
                        .filter(running -> running.getFirst().stream() == stream)
                        .findFirst()
                        .ifPresent(running -> {
                            begun.remove(running);
                            left.addFirst(running.getFirst());
                        });
                option(stream, one).ifPresent(option -> left.add(new Item(stream, option, one.share())));
            }
            lanes.add(left);
        }
        lanes.addAll(begun);
        return withoutEmpty(lanes);
    }

    private Optional<TrainingOption> option(int stream, PlannedTraining planned) {
        return stream < 0
                ? Optional.empty()
                : options.get(stream).stream()
                        .filter(option ->
                                option.config().equals(planned.option().config()))
                        .findFirst();
    }

    private static List<List<Item>> withoutEmpty(List<List<Item>> lanes) {
        return lanes.stream().filter(lane -> !lane.isEmpty()).toList();
    }

    private Scored scored(List<List<Item>> lanes) {
        workLeft--;
        return new Scored(lanes, timeline.score(lanes));
    }

    /// Trainings on equal shares in so many lanes, what gains most for its cost first. One is added or exchanged for
    /// another of its stream as long as that improves.
    private Scored queue(int lanes, double share) {
        List<Item> chosen = List.of();
        Scored best = scored(timeline.begun());
        while (workLeft > 0) {
            Scored next = best;
            List<Item> added = chosen;
            for (int stream = 0; stream < options.size(); stream++) {
                for (TrainingOption option : options.get(stream)) {
                    List<Item> tried = replaced(chosen, new Item(stream, option, share));
                    Scored candidate = scored(spread(tried, lanes));
                    if (candidate.score() > next.score() + TOLERANCE) {
                        next = candidate;
                        added = tried;
                    }
                }
            }
            if (next == best) {
                return best;
            }
            best = next;
            chosen = added;
        }
        return best;
    }

    private List<Item> replaced(List<Item> chosen, Item item) {
        List<Item> all = new ArrayList<>(chosen);
        all.removeIf(one -> one.stream() == item.stream());
        all.add(item);
        all.sort(Comparator.comparingDouble(this::gainForCost).reversed());
        return all;
    }

    private double gainForCost(Item item) {
        RetrainedStream stream = situation.streams().get(item.stream());
        return stream.weight()
                * (item.option().accuracyAfter() - stream.accuracy())
                / item.option().gpuSeconds();
    }

    /// Each in its turn to the lane that is free first; what runs already has one in any case.
    private List<List<Item>> spread(List<Item> items, int lanes) {
        List<List<Item>> begun = timeline.begun();
        int count = Math.max(begun.size(), Math.min(lanes, begun.size() + items.size()));
        double[] until = new double[count];
        List<List<Item>> spread = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            spread.add(i < begun.size() ? new ArrayList<>(begun.get(i)) : new ArrayList<>());
            until[i] = i < begun.size() ? begun.get(i).getFirst().seconds() : 0;
        }
        for (Item item : items) {
            int first = 0;
            for (int i = 1; i < count; i++) {
                first = until[i] < until[first] ? i : first;
            }
            until[first] += item.seconds();
            spread.get(first).add(item);
        }
        return withoutEmpty(spread);
    }

    private Scored improved(Scored start) {
        Scored best = start;
        double before = Double.NEGATIVE_INFINITY;
        while (best.score() > before + TOLERANCE && workLeft > 0) {
            before = best.score();
            for (int stream = 0; stream < options.size(); stream++) {
                best = moved(best, stream);
            }
            best = shifted(best);
        }
        return best;
    }

    /// The stream's training left out, or another in its place: at any place of any lane, on any share.
    private Scored moved(Scored from, int stream) {
        if (options.get(stream).isEmpty()) {
            return from;
        }
        Optional<Item> own = from.lanes().stream()
                .flatMap(List::stream)
                .filter(item -> item.stream() == stream)
                .findFirst();
        List<List<Item>> others = withoutEmpty(from.lanes().stream()
                .map(lane ->
                        lane.stream().filter(item -> item.stream() != stream).toList())
                .toList());
        Scored best = own.isPresent() ? better(from, scored(others)) : from;
        for (TrainingOption option : options.get(stream)) {
            for (int units : shares(own)) {
                Item item = new Item(stream, option, units * SHARE_UNIT);
                for (int lane = 0; lane <= others.size(); lane++) {
                    int places = lane < others.size() ? others.get(lane).size() : 0;
                    int first = places > 0 && others.get(lane).getFirst().begun() ? 1 : 0;
                    for (int place = first; place <= places && workLeft > 0; place++) {
                        best = better(best, scored(inserted(others, lane, place, item)));
                    }
                }
            }
        }
        return best;
    }

    private SequencedSet<Integer> shares(Optional<Item> own) {
        SequencedSet<Integer> shares = new LinkedHashSet<>();
        own.ifPresent(item -> {
            int units = (int) Math.round(item.share() / SHARE_UNIT);
            shares.addAll(List.of(units, units - 1, units + 1));
        });
        shares.addAll(SHARES);
        shares.removeIf(units -> units < 1 || units > mostUnits);
        return shares;
    }

    /// A unit from one training to another, and to or from all of them.
    private Scored shifted(Scored from) {
        Scored best = from;
        List<Item> items = from.lanes().stream()
                .flatMap(List::stream)
                .filter(item -> !item.begun())
                .toList();
        for (int sign : List.of(-1, 1)) {
            best = better(best, changed(from, items, sign, List.of()));
            for (Item one : items) {
                for (Item other : items) {
                    if (one.stream() != other.stream() && workLeft > 0) {
                        best = better(best, changed(from, List.of(one), sign, List.of(other)));
                    }
                }
            }
        }
        return best;
    }

    /// One unit more or less for some, and the other way for others.
    private Scored changed(Scored from, List<Item> some, int sign, List<Item> others) {
        List<List<Item>> lanes = new ArrayList<>();
        for (List<Item> lane : from.lanes()) {
            List<Item> changed = new ArrayList<>();
            for (Item item : lane) {
                int by = some.contains(item) ? sign : others.contains(item) ? -sign : 0;
                double units = Math.round(item.share() / SHARE_UNIT) + by;
                changed.add(by == 0 ? item : item.with(Math.clamp(units, 1, mostUnits) * SHARE_UNIT));
            }
            lanes.add(changed);
        }
        return scored(lanes);
    }

    private static Scored better(Scored best, Scored candidate) {
        return candidate.score() > best.score() + TOLERANCE ? candidate : best;
    }

    private static List<List<Item>> inserted(List<List<Item>> lanes, int lane, int place, Item item) {
        List<List<Item>> all = new ArrayList<>(lanes);
        if (lane == lanes.size()) {
            all.add(List.of(item));
            return all;
        }
        List<Item> changed = new ArrayList<>(lanes.get(lane));
        changed.add(place, item);
        all.set(lane, changed);
        return all;
    }
}
