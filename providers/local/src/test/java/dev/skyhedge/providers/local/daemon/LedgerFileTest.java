package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.LedgerEntry;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.EndCause;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.InstanceTags;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final Offer LAUNCHED_OFFER = new Offer(
            "small",
            Accelerator.parse("CPU:1"),
            Location.parse("local/east/east-a"),
            Market.SPOT,
            HourlyPrice.ofUsd("0.04"));
    private static final LedgerEntry LAUNCHED = new LedgerEntry.Launched(
            "i-000001",
            AT,
            LAUNCHED_OFFER,
            new InstanceTags("a", "chat", "chat-1", 1, new IdempotencyToken("t1")),
            "f");
    private static final LedgerEntry RUNNING =
            new LedgerEntry.Running("i-000001", AT, new Endpoint("127.0.0.1", 20_001), "12:34");
    private static final LedgerEntry ENDED =
            new LedgerEntry.Ended("i-000001", new Instance.End(AT, EndCause.PREEMPTED, "why \"so\"\n"), 42);

    private static final Duration KEEP = Duration.ofHours(24);
    private static final Carrying KEEPING = new Carrying(InstantSource.fixed(AT.plus(KEEP)), KEEP);
    private static final long SMALL = 1;

    @TempDir
    Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        write(LAUNCHED, RUNNING, ENDED);

        assertThat(LedgerFile.read(file())).containsExactly(LAUNCHED, RUNNING, ENDED);
    }

    @Test
    void lineThatWasCutOffNeverCounted() throws IOException {
        write(LAUNCHED);
        Files.writeString(file(), "{\"entry\":\"run", StandardOpenOption.APPEND);
        assertThat(LedgerFile.read(file())).containsExactly(LAUNCHED);

        write(RUNNING);

        assertThat(LedgerFile.read(file())).containsExactly(LAUNCHED, RUNNING);
    }

    @Test
    void damagedLineIsAnErrorWithItsNumber() throws IOException {
        write(LAUNCHED);
        Files.writeString(file(), "{\"entry\":\"nonsense\",\"id\":\"x\"}\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> LedgerFile.read(file()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(":2:");
    }

    private static LedgerEntry launched(int ordinal) {
        return new LedgerEntry.Launched(id(ordinal), AT, LAUNCHED_OFFER, tags(ordinal), "f");
    }

    private static LedgerEntry ended(int ordinal, Duration after, long cost) {
        return new LedgerEntry.Ended(id(ordinal), new Instance.End(AT.plus(after), EndCause.TERMINATED, ""), cost);
    }

    private static long costs(List<LedgerEntry> entries) {
        return entries.stream()
                .mapToLong(entry -> switch (entry) {
                    case LedgerEntry.Ended ended -> ended.costMicroDollars();
                    case LedgerEntry.Carried carried -> carried.costMicroDollars();
                    case LedgerEntry.Launched _, LedgerEntry.Running _, LedgerEntry.Repriced _ -> 0;
                })
                .sum();
    }

    private static InstanceTags tags(int ordinal) {
        return new InstanceTags("a", "chat", "chat-" + ordinal, 1, new IdempotencyToken("t" + ordinal));
    }

    private static String id(int ordinal) {
        return "i-00000" + ordinal;
    }

    @Test
    void carriesForwardWhatEndedLongAgoAndNothingElse() throws IOException {
        LedgerEntry living = launched(1);
        LedgerEntry lately = launched(3);
        LedgerEntry endedLately = ended(3, KEEP, 7);
        write(living, launched(2), lately, launched(4), ended(2, Duration.ofHours(1), 42), endedLately);
        write(ended(4, Duration.ofHours(2), 8));
        byte[] before = Files.readAllBytes(file());

        LedgerFile.open(
                        file(),
                        SMALL,
                        new Carrying(InstantSource.fixed(AT.plus(KEEP).plus(KEEP)), KEEP))
                .close();

        assertThat(LedgerFile.read(file()))
                .containsExactly(new LedgerEntry.Carried(id(4), 50), living, lately, endedLately);
        assertThat(LedgerFile.predecessor(file())).hasBinaryContent(before);
    }

    @Test
    void whatWasCarriedForwardOnceCountsAgain() throws IOException {
        var later = new Carrying(InstantSource.fixed(AT.plus(Duration.ofDays(9))), KEEP);
        write(launched(1), ended(1, Duration.ZERO, 40));
        try (LedgerFile ledger = LedgerFile.open(file(), SMALL, later)) {
            ledger.append(launched(2));
            ledger.append(ended(2, Duration.ZERO, 2));
        }

        LedgerFile.open(file(), SMALL, later).close();

        assertThat(LedgerFile.read(file())).containsExactly(new LedgerEntry.Carried(id(2), 42));
        Ledger ledger = new Ledger(LedgerFile.read(file()), _ -> {});
        assertThat(ledger.spendMicroDollars(AT)).isEqualTo(42);
        assertThat(ledger.rentals()).isEmpty();
    }

    @Test
    void isCarriedForwardWhileItIsWritten() throws IOException {
        var later = new Carrying(InstantSource.fixed(AT.plus(Duration.ofDays(9))), KEEP);
        try (LedgerFile ledger = LedgerFile.open(file(), 2_000, later)) {
            for (int i = 0; i < 100; i++) {
                ledger.append(launched(i));
                ledger.append(ended(i, Duration.ZERO, 1));
            }
        }

        assertThat(Files.size(file())).isLessThan(6_000);
        assertThat(costs(LedgerFile.read(file()))).isEqualTo(100);
    }

    @Test
    void isForItsOwnerAlone() throws IOException {
        write(launched(1), ended(1, Duration.ZERO, 40));
        LedgerFile.open(file(), SMALL, KEEPING).close();

        for (Path each : List.of(file(), LedgerFile.predecessor(file()))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
                    .isEqualTo("rw-------");
        }
    }

    private void write(LedgerEntry... entries) throws IOException {
        try (LedgerFile ledger = LedgerFile.open(file(), 1 << 20, KEEPING)) {
            List.of(entries).forEach(ledger::append);
        }
    }

    private Path file() {
        return directory.resolve("ledger.jsonl");
    }
}
