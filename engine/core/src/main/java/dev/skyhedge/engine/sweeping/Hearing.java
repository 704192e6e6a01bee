package dev.skyhedge.engine.sweeping;

import dev.skyhedge.spi.LogPage;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Takes in what a trial wrote: whole lines, each once. An object hears once.
final class Hearing {
    private static final double MILLIS = 1000;
    /// A line that has no end after so many characters is given up.
    private static final int LONGEST_LINE = 16 << 10;
    /// As much as the state keeps of a sweep, in characters. A row of it holds 1,000,000, in which some take two.
    static final int MOST_CHARACTERS = 800_000;
    /// Stands in a text for bytes that are none, nobody knows how many.
    private static final char NO_TEXT = '\uFFFD';

    private final Declared sweep;
    private final WorkloadRecord recorded;
    private final ReplicaRecord task;
    private final int number;
    private final long at;

    /// @param number of the trial
    Hearing(Declared sweep, WorkloadRecord recorded, ReplicaRecord task, int number, Instant now) {
        this.sweep = sweep;
        this.recorded = recorded;
        this.task = task;
        this.number = number;
        this.at = Declared.at(recorded, now);
    }

    /// What is remembered then.
    ///
    /// @param page empty if the log cannot be read any more
    WorkloadRecord of(Optional<LogPage> page) {
        SweepMemory memory = sweep.memory(Optional.of(recorded));
        TrialMemory before = memory.trial(number);
        TrialMemory fresh =
                before.log().generation() == task.generation() ? before : before.read(task.generation(), 0, false);
        if (page.isEmpty()) {
            return remember(memory.with(
                    number, fresh.read(task.generation(), fresh.log().offset(), true)));
        }
        String text = page.get().text();
        int whole = page.get().complete() ? text.length() : wholeLines(text);
        long rest = text.substring(whole).getBytes(StandardCharsets.UTF_8).length;
        TrialMemory read = fresh.read(
                task.generation(),
                Math.max(0, page.get().nextOffset() - rest),
                page.get().complete());
        List<ReportLine> reports = text.substring(0, whole)
                .lines()
                .flatMap(line -> ReportLine.of(line, sweep.spec()).stream())
                .toList();
        WorkloadRecord heard = remember(take(memory, read, reports));
        return isFull(heard) ? remember(memory.with(number, read)) : heard;
    }

    /// So many characters are whole lines; what follows is read again with its end. It is not if
    /// that end does not come, or if nobody can say how many bytes it is, but for half a character at
    /// its end: up to two bytes of the line before are read again then, in which no report fits.
    private static int wholeLines(String text) {
        int whole = text.lastIndexOf('\n') + 1;
        int garbage = text.indexOf(NO_TEXT, whole);
        boolean isText = garbage < 0 || garbage == text.length() - 1;
        boolean mayEnd = whole > 0 || text.length() < LONGEST_LINE;
        return isText && mayEnd ? whole : text.length();
    }

    private WorkloadRecord remember(SweepMemory memory) {
        return recorded.remembering(memory.text());
    }

    /// Whether that is more than the state keeps of a sweep. Reports are not heard any more then; logs are read on
    /// all the same, so that their trials can end.
    static boolean isFull(WorkloadRecord record) {
        return record.memory().length() + record.specJson().length() > MOST_CHARACTERS;
    }

    /// Whoever trains goes forward: what a machine says of an iteration that it has reported, or
    /// after its end, is no news, however often it says so.
    private SweepMemory take(SweepMemory memory, TrialMemory read, List<ReportLine> reports) {
        int end = sweep.spec().scheduler().maxIterations();
        int reached = memory.lastReport(number)
                .map(last -> last.last() ? end : last.iteration())
                .orElse(0);
        List<ReportLine> fresh = new ArrayList<>();
        TrialMemory trial = read;
        for (ReportLine report : reports) {
            if (reached >= end || report.iteration() <= reached) {
                trial = report.checkpoint().map(trial::saved).orElse(trial);
                continue;
            }
            reached = report.last() ? end : report.iteration();
            trial = trial.reported(at, report, sweep.spec().metric().maximize());
            fresh.add(report);
        }
        double seconds = Math.max(0, at - since(read)) / MILLIS / Math.max(1, fresh.size());
        return memory.with(number, trial)
                .with(fresh.stream()
                        .<News>map(report -> new News.Reported(
                                at,
                                number,
                                report.iteration(),
                                report.value(),
                                report.seconds().orElse(seconds),
                                report.last()))
                        .toList());
    }

    /// Since when the iteration has run that is reported next, as far as one can tell: since the last report of this
    /// machine, or since it began to run.
    private long since(TrialMemory trial) {
        return Math.max(
                trial.progress().heardAt(), Declared.at(recorded, task.machine().since()));
    }
}
