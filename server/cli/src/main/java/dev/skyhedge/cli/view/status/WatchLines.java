package dev.skyhedge.cli.view.status;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Ink;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Lines of a log that goes on and on: each begins with its time in UTC, what does not fit goes below it, indented.
/// The columns depend on the width of the display only, so that lines stand below each other.
public final class WatchLines {
    private static final String GAP = "  ";
    private static final String BELOW = "    ";
    private static final int NAME = 12;
    private static final int STATE = 12;
    private static final int MARKET = 9;
    private static final int LOCATION = 28;
    /// Below this the market moves down to the reason.
    private static final int WITH_MARKET = 90;

    private WatchLines() {}

    /// Something that is told in words; its lines after the first are indented.
    public static String note(Instant at, String text, Display display) {
        List<String> lines = text.lines().toList();
        List<String> all = new ArrayList<>(
                Words.wrapHanging(time(at) + GAP + Words.clean(lines.getFirst()), display.columns(), "", BELOW));
        lines.stream()
                .skip(1)
                .forEach(line -> all.addAll(Words.wrap(Words.clean(line.strip()), display.columns(), BELOW)));
        return joined(all);
    }

    /// What has become of a replica, and why.
    public static String transition(Instant at, ReplicaRecord replica, Display display) {
        boolean withMarket = display.columns() >= WITH_MARKET;
        String market = replica.offer().market().word();
        String reason = Words.clean(replica.reason());
        String state = Words.pad(replica.lifecycle().name(), STATE);
        String begin = time(at) + GAP;
        String before = begin + Words.pad(Words.clean(replica.name()), NAME) + " ";
        String after = " " + (withMarket ? Words.pad(market, MARKET) + " " : "")
                + Words.pad(replica.offer().location().toString(), LOCATION);
        String below = withMarket ? reason : market + GAP + reason;
        List<String> lines = new ArrayList<>();
        String line = before + state + after;
        if (Words.width(line.stripTrailing()) > display.columns()) {
            String whole = begin
                    + String.join(" ", line.substring(begin.length()).strip().split(" +"))
                    + GAP
                    + below;
            return joined(Words.wrapHanging(whole, display.columns(), "", BELOW));
        }
        String shown = before + painted(replica.lifecycle(), state, display) + after;
        if (Words.width(line) + 1 + Words.width(below) <= display.columns()) {
            lines.add((shown + " " + below).stripTrailing());
            return joined(lines);
        }
        lines.add(shown.stripTrailing());
        lines.addAll(Words.wrap(below, display.columns(), BELOW));
        return joined(lines);
    }

    private static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String joined(List<String> lines) {
        return String.join("\n", lines.stream().map(String::stripTrailing).toList()) + "\n";
    }

    private static String painted(Lifecycle lifecycle, String text, Display display) {
        return switch (lifecycle) {
            case READY -> display.paint(Ink.ADDED, text);
            case FAILED, PREEMPTED -> display.paint(Ink.REMOVED, text);
            case DRAINING -> display.paint(Ink.CHANGED, text);
            case REQUESTED, PROVISIONING, STARTING, STOPPING, GONE, FORGOTTEN -> text;
        };
    }
}
