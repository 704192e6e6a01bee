package dev.skyhedge.providers.local.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerFileTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123456789Z");
    private static final LedgerEntry LAUNCHED = new LedgerEntry.Launched(
            "i-000001",
            AT,
            new Offer(
                    "small",
                    Accelerator.parse("CPU:1"),
                    Location.parse("local/east/east-a"),
                    Market.SPOT,
                    HourlyPrice.ofUsd("0.04")),
            new InstanceTags("a", "chat", "chat-1", 1, new IdempotencyToken("t1")),
            "f");
    private static final LedgerEntry RUNNING =
            new LedgerEntry.Running("i-000001", AT, new Endpoint("127.0.0.1", 20_001), "12:34");
    private static final LedgerEntry ENDED =
            new LedgerEntry.Ended("i-000001", new Instance.End(AT, EndCause.PREEMPTED, "why \"so\"\n"), 42);

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

    private void write(LedgerEntry... entries) throws IOException {
        try (LedgerFile ledger = LedgerFile.open(file())) {
            List.of(entries).forEach(ledger::append);
        }
    }

    private Path file() {
        return directory.resolve("ledger.jsonl");
    }
}
