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
    /// A line that is longer than this is given up.
    private static final int LONGEST_LINE = 16 << 10;

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
                before.generation() == task.generation() ? before : before.read(task.generation(), 0, false);
        if (page.isEmpty()) {
            return remember(memory.with(number, fresh.read(task.generation(), fresh.offset(), true)));
        }
        String text = page.get().text();
        int whole = page.get().complete() || text.length() > LONGEST_LINE ? text.length() : text.lastIndexOf('\n') + 1;
        long rest = text.substring(whole).getBytes(StandardCharsets.UTF_8).length;
        TrialMemory read = fresh.read(
                task.generation(), page.get().nextOffset() - rest, page.get().complete());
        List<ReportLine> reports = text.substring(0, whole)
                .lines()
                .flatMap(line -> ReportLine.of(line, sweep.spec()).stream())
                .toList();
        return remember(take(memory, read, reports));
    }

    private WorkloadRecord remember(SweepMemory memory) {
        String text = memory.text();
        return text.equals(recorded.memory()) ? recorded : recorded.remembering(text);
    }

    private SweepMemory take(SweepMemory memory, TrialMemory read, List<ReportLine> reports) {
        List<News> news = new ArrayList<>();
        TrialMemory trial = read;
        long iterations =
                reports.stream().filter(report -> report.iteration() > 0).count();
        double seconds = Math.max(0, at - since(trial)) / MILLIS / Math.max(1, iterations);
        for (ReportLine report : reports) {
            if (report.iteration() == 0) {
                trial = report.checkpoint().map(trial::saved).orElse(trial);
                continue;
            }
            trial = trial.reported(at, report, sweep.spec().metric().maximize());
            news.add(new News.Reported(
                    at,
                    number,
                    report.iteration(),
                    report.value(),
                    report.seconds().orElse(seconds),
                    report.last()));
        }
        return memory.with(number, trial).with(news);
    }

    /// Since when the iteration has run that is reported next, as far as one can tell: since the last report of this
    /// machine, or since it began to run.
    private long since(TrialMemory trial) {
        return Math.max(trial.heardAt(), Declared.at(recorded, task.machine().since()));
    }
}
