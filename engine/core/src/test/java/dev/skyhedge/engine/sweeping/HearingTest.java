package dev.skyhedge.engine.sweeping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.ReplicaSpec;
import dev.skyhedge.specs.ResourcesSpec;
import dev.skyhedge.specs.SweepSpec;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.LogPage;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.Machine;
import dev.skyhedge.state.records.ReplicaKey;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// What is taken in of a log that is read page by page.
class HearingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_T = 18;
    private static final int PAGE_BYTES = 64 << 10;
    private static final Offer OFFER = new Offer(
            "small",
            Accelerator.parse("CPU:1"),
            new Location("sim", "east", "east-a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.20"));

    private final Declared sweep = Declared.of(fit(Optional.empty()));
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private WorkloadRecord recorded = new WorkloadRecord(
            "fit",
            "sweep.fit",
            SweepSpec.KIND,
            new WorkloadRecord.Edit(sweep.edit().json(), sweep.edit().version(), START),
            1,
            WorkloadRecord.ScalingMemory.NONE,
            Optional.empty(),
            Optional.empty(),
            false,
            START,
            SweepMemory.NONE.with(List.of(new News.Started(0, 1))).text());

    private static SweepSpec fit(Optional<String> report) {
        return new SweepSpec(
                "fit",
                "sweep.fit",
                Duration.ofMinutes(20),
                new SweepSpec.Metric("accuracy", true),
                1,
                new SweepSpec.Scheduler(SweepSpec.Rule.RANDOM, 1, MAX_T, 3),
                List.of(new SweepSpec.Trial(
                        new LinkedHashMap<>(),
                        new ReplicaSpec(Optional.empty(), List.of("train"), 8000, new LinkedHashMap<>()))),
                new SweepSpec.Rules("/shared", Duration.ofSeconds(30), 1, report),
                new SweepSpec.Pool(
                        1,
                        Market.SPOT,
                        new ResourcesSpec(
                                List.of(Accelerator.parse("CPU:1")), List.of(LocationPattern.parse("sim/*/*")))),
                List.of());
    }

    private static String report(int iteration) {
        return "{\"iteration\":%d,\"metrics\":{\"accuracy\":0.%d},\"checkpoint\":\"c-%d\"}\n"
                .formatted(iteration, iteration, iteration);
    }

    private void writes(String text) {
        log.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private void writes(int... bytes) {
        for (int one : bytes) {
            log.write(one);
        }
    }

    private SweepMemory memory() {
        return SweepMemory.of(recorded.memory());
    }

    private List<Integer> heard() {
        return memory().news().stream()
                .flatMap(news -> news instanceof News.Reported report
                        ? Optional.of(report.iteration()).stream()
                        : Optional.<Integer>empty().stream())
                .toList();
    }

    /// One page from where it was read to.
    private void read(int generation) {
        ReplicaRecord task = ReplicaRecord.decided(
                        new ReplicaKey("fit", "fit-1", generation),
                        sweep.edit().of(1),
                        OFFER,
                        new IdempotencyToken("token"),
                        new Machine.Rental(START, "", ""),
                        0)
                .onInstance("i-" + generation, Optional.empty())
                .in(Lifecycle.STARTING, START, "");
        long offset = SweepUpkeep.unread(task, memory().trial(1)).orElseThrow();
        assertThat(offset).isBetween(0L, (long) log.size());
        int length = (int) Math.min(PAGE_BYTES, log.size() - offset);
        String text = new String(log.toByteArray(), (int) offset, length, StandardCharsets.UTF_8);
        recorded = new Hearing(sweep, recorded, task, 1, START.plusSeconds(60))
                .of(Optional.of(new LogPage(text, offset + length, false)));
    }

    private void readAgainAndAgain() {
        for (int i = 0; i < 5; i++) {
            read(1);
        }
    }

    @Test
    void aReportThatTwoPagesSplitIsHeard() {
        writes("x".repeat(99).concat("\n").repeat(PAGE_BYTES / 100));
        writes(report(1));

        read(1);
        assertThat(heard()).isEmpty();
        read(1);
        assertThat(heard()).containsExactly(1);
    }

    @Test
    void bytesThatAreNoTextMakeNothingHeardTwice() {
        writes(report(1));
        for (int i = 0; i < 200; i++) {
            writes(0xFF);
        }

        readAgainAndAgain();
        writes("\n" + report(2));
        readAgainAndAgain();

        assertThat(heard()).containsExactly(1, 2);
        assertThat(memory().trial(1).log().offset()).isEqualTo(log.size());
    }

    @Test
    void garbageAtTheBeginningIsReadOnce() {
        writes(0xFF, 0xFE, 0x80);

        readAgainAndAgain();

        assertThat(memory().trial(1).log().offset()).isEqualTo(log.size());
    }

    @Test
    void halfACharacterIsReadAgainWithItsEnd() {
        byte[] line = report(1).replace("c-1", "c-ü").getBytes(StandardCharsets.UTF_8);
        int half = new String(line, StandardCharsets.ISO_8859_1).indexOf('Ã') + 1;
        log.write(line, 0, half);

        readAgainAndAgain();
        log.write(line, half, line.length - half);
        readAgainAndAgain();

        assertThat(heard()).containsExactly(1);
        assertThat(memory().trial(1).progress().checkpoint()).contains("c-ü");
    }

    @Test
    void aLineWithoutEndIsGivenUpAndNothingAfterIt() {
        writes("x".repeat(3 * PAGE_BYTES));

        readAgainAndAgain();
        writes("\n" + report(1));
        readAgainAndAgain();

        assertThat(heard()).containsExactly(1);
    }

    @Test
    void aTrialThatReportsTheSameAgainAndAgainIsHeardOnce() {
        for (int i = 0; i < 1000; i++) {
            writes(report(1));
        }
        writes(report(2));

        readAgainAndAgain();

        assertThat(heard()).containsExactly(1, 2);
    }

    @Test
    void nothingIsHeardOfATrialThatGoesOnAfterItsEnd() {
        for (int i = 1; i < 1000; i++) {
            writes(report(i));
        }

        readAgainAndAgain();

        assertThat(heard()).hasSize(MAX_T).endsWith(MAX_T);
    }

    @Test
    void whoBeginsAnewReportsAnew() {
        writes(report(1) + report(2));
        read(1);
        recorded = recorded.remembering(memory().with(List.of(new News.Interrupted(9, 1), new News.Started(10, 1)))
                .text());
        log.reset();
        writes(report(1));

        read(2);

        assertThat(heard()).containsExactly(1, 2, 1);
    }

    @Test
    void aLogIsReadOnThoughTheStateKeepsNoMoreOfItsReports() {
        List<News> news = new ArrayList<>(Collections.nCopies(60_000, new News.Interrupted(9, 1)));
        news.add(new News.Started(10, 1));
        recorded = recorded.remembering(memory().with(news).text());
        int size = recorded.memory().length();
        writes(report(1));

        readAgainAndAgain();

        assertThat(heard()).isEmpty();
        assertThat(memory().trial(1).log().offset()).isEqualTo(log.size());
        assertThat(recorded.memory().length()).isLessThan(size + 500);
    }

    @Test
    void aCheckpointThatNobodyCanBeToldIsNone() {
        writes("{\"iteration\":1,\"metrics\":{\"accuracy\":1},\"checkpoint\":\"a\\u0000b\"}\n");

        read(1);

        assertThat(heard()).containsExactly(1);
        assertThat(memory().trial(1).progress().checkpoint()).isEmpty();
    }

    @Test
    void anExpressionFindsReportsInOtherLines() {
        SweepSpec spec = fit(Optional.of("epoch (?<iteration>[0-9]+): acc=(?<value>[^ ]+)( -> (?<checkpoint>.+))?$"));

        assertThat(ReportLine.of("[info] epoch 3: acc=0.5 -> /shared/c-3", spec))
                .contains(new ReportLine(3, 0.5, OptionalDouble.empty(), Optional.of("/shared/c-3"), false));
        assertThat(ReportLine.of("epoch 4: acc=oops", spec))
                .contains(new ReportLine(4, Double.NaN, OptionalDouble.empty(), Optional.empty(), false));
        assertThat(ReportLine.of("epoch 0: acc=0.5", spec)).isEmpty();
        assertThat(ReportLine.of(report(5).strip(), spec)).isEmpty();
    }

    @Test
    void anExpressionThatGoesBackAndForthDoesNotStopAStep() {
        SweepSpec spec = fit(Optional.of("at (?<iteration>[0-9]+) ((a|b)*)c (?<value>.+)"));

        assertThat(ReportLine.of("at 1 " + "ab".repeat(4_000), spec)).isEmpty();
    }
}
