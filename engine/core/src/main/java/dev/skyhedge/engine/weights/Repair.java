package dev.skyhedge.engine.weights;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// Mends a transfer whose members are lost, leave, or cannot be trusted. A receiver has what its sender
/// has, at most; so that whoever lost its sender goes on at the sender's sender, and nothing that was
/// verified is sent again. When a source is lost, who has the most takes its place, and that one alone
/// reads the rest from the store.
public final class Repair {
    private Repair() {}

    /// A machine or a source is lost.
    public static RepairStep lost(Transfer transfer, String lost) {
        return without(transfer, lost, true, lost + " is lost");
    }

    /// A machine will be taken away: who gets the model from it is moved before. It needs no
    /// more of it itself.
    public static RepairStep leaving(Transfer transfer, String leaving) {
        return without(transfer, leaving, true, leaving + " is about to be taken away");
    }

    /// A machine sent what is not the model, by the word of several: it may receive, and not send.
    public static RepairStep barred(Transfer transfer, String barred) {
        SortedSet<String> more = new TreeSet<>(transfer.barred());
        more.add(barred);
        return without(withBarred(transfer, more), barred, false, barred + " sent chunks that are not the model");
    }

    /// A receiver does not hear its sender, while others may: only the receiver moves.
    public static RepairStep cut(Transfer transfer, String child) {
        String parent = transfer.parents().get(child);
        if (parent == null) {
            return new RepairStep(transfer, List.of(), List.of());
        }
        return moved(transfer, parent, above(transfer, parent), List.of(child), child + " does not hear " + parent);
    }

    private static RepairStep without(Transfer before, String gone, boolean forgotten, String why) {
        Transfer rest = forgotten ? forget(before, gone) : before;
        return moved(rest, gone, above(before, gone), before.children(gone), why);
    }

    private static Optional<String> above(Transfer transfer, String name) {
        return Optional.ofNullable(transfer.parents().get(name));
    }

    /// @param sender that the orphans had
    /// @param above whoever sends to that one
    private static RepairStep moved(
            Transfer before, String sender, Optional<String> above, List<String> orphans, String why) {
        SequencedMap<String, String> parents = new LinkedHashMap<>(before.parents());
        // Nobody may be sent to an orphan that has no sender itself yet.
        orphans.forEach(parents::remove);
        List<Reparent> moves = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        for (String orphan : mostFirst(before, orphans)) {
            if (before.watermark(orphan) == before.chunks()) {
                continue;
            }
            next(withParents(before, parents), new Orphan(orphan, sender), above)
                    .ifPresentOrElse(
                            to -> {
                                parents.put(orphan, to);
                                moves.add(new Reparent(orphan, to, before.watermark(orphan), why));
                            },
                            () -> stuck.add(orphan));
        }
        Transfer after = withParents(before, parents);
        return new RepairStep(orphans.isEmpty() ? after : nextEpoch(after), moves, stuck);
    }

    private static List<String> mostFirst(Transfer transfer, List<String> names) {
        return names.stream()
                .sorted(Comparator.<String>comparingInt(transfer::watermark)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// @param unheard the sender that it had, and does not go back to
    private record Orphan(String name, String unheard) {}

    /// Whoever sent to the one that is gone; a machine with the whole model; the machine that has more and
    /// gets the rest; a store.
    private static Optional<String> next(Transfer transfer, Orphan orphan, Optional<String> above) {
        return above.filter(name -> !transfer.stores().contains(name) && usable(transfer, orphan, name))
                .or(() -> transfer.whole().stream()
                        .filter(name -> usable(transfer, orphan, name))
                        .min(Comparator.comparingInt(
                                name -> transfer.children(name).size())))
                .or(() -> ahead(transfer, orphan))
                .or(() -> transfer.stores().stream()
                        .filter(name -> usable(transfer, orphan, name))
                        .findFirst());
    }

    /// The machine with the most chunks, if that is as many as the orphan has and it will get the rest.
    private static Optional<String> ahead(Transfer transfer, Orphan orphan) {
        return transfer.watermarks().keySet().stream()
                .filter(name -> transfer.watermark(name) >= transfer.watermark(orphan.name()))
                .filter(name -> usable(transfer, orphan, name))
                .max(Comparator.<String>comparingInt(transfer::watermark).thenComparing(Comparator.reverseOrder()));
    }

    private static boolean usable(Transfer transfer, Orphan orphan, String name) {
        return !name.equals(orphan.unheard())
                && !transfer.barred().contains(name)
                && !chain(transfer, name).contains(orphan.name())
                && endsAtAWholeCopy(transfer, name);
    }

    /// Whether all that is still missing can reach the machine.
    private static boolean endsAtAWholeCopy(Transfer transfer, String name) {
        return chain(transfer, name).stream().anyMatch(each -> transfer.watermark(each) == transfer.chunks());
    }

    /// A machine and everybody above it.
    private static List<String> chain(Transfer transfer, String name) {
        List<String> chain = new ArrayList<>();
        String next = name;
        while (next != null && chain.size() <= transfer.parents().size()) {
            chain.add(next);
            next = transfer.parents().get(next);
        }
        return chain;
    }

    private static Transfer forget(Transfer transfer, String gone) {
        SequencedMap<String, String> parents = new LinkedHashMap<>(transfer.parents());
        parents.remove(gone);
        SequencedMap<String, Integer> watermarks = new LinkedHashMap<>(transfer.watermarks());
        watermarks.remove(gone);
        SortedSet<String> whole = new TreeSet<>(transfer.whole());
        whole.remove(gone);
        return new Transfer(
                transfer.epoch(),
                transfer.chunks(),
                parents,
                watermarks,
                whole,
                transfer.stores().stream().filter(store -> !store.equals(gone)).toList(),
                transfer.barred());
    }

    private static Transfer withParents(Transfer it, SequencedMap<String, String> parents) {
        return new Transfer(it.epoch(), it.chunks(), parents, it.watermarks(), it.whole(), it.stores(), it.barred());
    }

    private static Transfer withBarred(Transfer it, SortedSet<String> barred) {
        return new Transfer(it.epoch(), it.chunks(), it.parents(), it.watermarks(), it.whole(), it.stores(), barred);
    }

    private static Transfer nextEpoch(Transfer it) {
        return new Transfer(
                it.epoch() + 1, it.chunks(), it.parents(), it.watermarks(), it.whole(), it.stores(), it.barred());
    }
}
