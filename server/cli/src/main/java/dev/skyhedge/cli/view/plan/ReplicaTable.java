package dev.skyhedge.cli.view.plan;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Table;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.spi.Offer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// The lines that say which replicas of one service come and go.
final class ReplicaTable {
    /// More launches of a service than this are folded.
    static final int FOLDED_ABOVE = 40;

    private static final int INSTANCE_TYPE = 3;
    private static final int ACCELERATOR = 4;

    private record Line(String symbol, Ink ink, String replica, Offer offer, String reason) {
        Line because(String other) {
            return new Line(symbol, ink, replica, offer, other);
        }

        /// What makes two lines tell the same story.
        List<Object> story() {
            return List.of(symbol, offer, reason);
        }
    }

    private ReplicaTable() {}

    static String render(List<Action> actions, boolean all, Display display) {
        List<Line> lines = new ArrayList<>();
        actions.forEach(action -> line(action).ifPresent(lines::add));
        long launches = lines.stream().filter(line -> line.ink() == Ink.ADDED).count();
        StringBuilder text = new StringBuilder();
        if (all || launches <= FOLDED_ABOVE) {
            appendLines(text, lines, display);
        } else {
            appendFolded(text, lines, display);
        }
        return text.toString();
    }

    private static Optional<Line> line(Action action) {
        return switch (action) {
            case Action.Launch a -> Optional.of(new Line("+ ", Ink.ADDED, a.replica(), a.offer(), a.reason()));
            case Action.Drain a -> Optional.of(new Line("- ", Ink.REMOVED, a.replica(), a.offer(), a.reason()));
            case Action.Terminate a -> Optional.of(new Line("- ", Ink.REMOVED, a.replica(), a.offer(), a.reason()));
            case Action.Adopt a -> Optional.of(new Line("= ", Ink.CHANGED, a.replica(), a.offer(), a.reason()));
            case Action.Forget a -> Optional.of(new Line(". ", Ink.CHANGED, a.replica(), a.offer(), a.reason()));
            case Action.Later later -> line(later.action()).map(line -> line.because(later.reason()));
            case Action.PutWorkload _, Action.RemoveWorkload _, Action.MoveService _ -> Optional.empty();
        };
    }

    private static void appendLines(StringBuilder text, List<Line> lines, Display display) {
        Table table = new Table(display, "  ", "lllllrl").givingWay(INSTANCE_TYPE, ACCELERATOR);
        for (Line line : lines) {
            Offer offer = line.offer();
            table.add(
                    line.ink(),
                    line.symbol() + line.replica(),
                    offer.market().word(),
                    offer.location().toString(),
                    offer.instanceType(),
                    offer.accelerator().toString(),
                    offer.price().toString(),
                    line.reason());
        }
        table.appendTo(text);
    }

    /// Shows some of each kind. What no room is left for is counted at the end.
    private static void appendFolded(StringBuilder text, List<Line> lines, Display display) {
        SequencedMap<List<Object>, List<Line>> stories = new LinkedHashMap<>();
        lines.forEach(line ->
                stories.computeIfAbsent(line.story(), _ -> new ArrayList<>()).add(line));
        int shownOfEach = Math.max(1, FOLDED_ABOVE / stories.size());
        int storiesLeft = FOLDED_ABOVE;
        int hidden = 0;
        for (List<Line> alike : stories.values()) {
            if (storiesLeft-- <= 0) {
                hidden += alike.size();
                continue;
            }
            appendLines(text, alike.subList(0, Math.min(shownOfEach, alike.size())), display);
            if (alike.size() > shownOfEach) {
                more(text, alike.size() - shownOfEach, "like these");
            }
        }
        if (hidden > 0) {
            more(text, hidden, "elsewhere or for other reasons");
        }
    }

    private static void more(StringBuilder text, int count, String which) {
        text.append("    … and ")
                .append(Words.grouped(count))
                .append(" more ")
                .append(which)
                .append('\n');
    }
}
