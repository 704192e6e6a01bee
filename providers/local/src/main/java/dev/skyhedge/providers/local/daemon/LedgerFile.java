package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Json;
import dev.skyhedge.providers.local.wire.Wire;
import dev.skyhedge.providers.simulated.LedgerEntry;
import dev.skyhedge.spi.HourlyPrice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The ledger as a file: a JSON object a line, each forced to the disk before it counts. Lines are only added.
///
/// A line that was cut off by a crash never counted and is removed when the file is opened to go on.
public final class LedgerFile implements AutoCloseable {
    private static final byte LINE_END = '\n';

    private final FileChannel channel;

    private LedgerFile(FileChannel channel) {
        this.channel = channel;
    }

    /// Reads all whole lines; also while a daemon goes on writing.
    ///
    /// @throws IOException if the file cannot be read or a whole line is not an entry; names the line
    public static List<LedgerEntry> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<LedgerEntry> entries = new ArrayList<>();
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == LINE_END) {
                String line = new String(bytes, start, i - start, StandardCharsets.UTF_8);
                entries.add(entry(file, entries.size() + 1, line));
                start = i + 1;
            }
        }
        return entries;
    }

    private static LedgerEntry entry(Path file, int number, String line) throws IOException {
        try {
            return entry(Json.read(line));
        } catch (IOException | IllegalArgumentException e) {
            throw new IOException(file + ":" + number + ": not a ledger entry: " + e.getMessage(), e);
        }
    }

    /// Opens the file to go on after its last whole line.
    static LedgerFile open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        long end = endOfLastWholeLine(channel);
        channel.truncate(end);
        channel.position(end);
        return new LedgerFile(channel);
    }

    private static long endOfLastWholeLine(FileChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = channel.size(); end > 0; end--) {
            one.clear();
            if (channel.read(one, end - 1) == 1 && one.get(0) == LINE_END) {
                return end;
            }
        }
        return 0;
    }

    /// Adds an entry and waits until it is on the disk.
    ///
    /// @throws UncheckedIOException if it is not
    synchronized void append(LedgerEntry entry) {
        byte[] line = (Json.write(Wire.object(fields(entry))) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            long start = channel.position();
            try {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(false);
            } catch (IOException e) {
                channel.truncate(start);
                channel.position(start);
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The ledger cannot be written", e);
        }
    }

    private static Object[] fields(LedgerEntry entry) {
        return switch (entry) {
            case LedgerEntry.Launched one ->
                new Object[] {
                    "entry", "launched",
                    "id", one.instanceId(),
                    "at", one.at().toString(),
                    "offer", Wire.write(one.offer()),
                    "tags", Wire.write(one.tags()),
                    "fingerprint", one.fingerprint()
                };
            case LedgerEntry.Running one ->
                new Object[] {
                    "entry", "running",
                    "id", one.instanceId(),
                    "at", one.at().toString(),
                    "endpoint", Wire.write(one.endpoint()),
                    "machine", one.machine()
                };
            case LedgerEntry.Repriced one ->
                new Object[] {
                    "entry", "repriced",
                    "id", one.instanceId(),
                    "at", one.at().toString(),
                    "micro_dollars_per_hour", one.price().microDollars()
                };
            case LedgerEntry.Ended one ->
                new Object[] {
                    "entry", "ended",
                    "id", one.instanceId(),
                    "end", Wire.write(one.end()),
                    "cost_micro_dollars", one.costMicroDollars()
                };
        };
    }

    private static LedgerEntry entry(Fields from) {
        String id = from.text("id");
        return switch (from.text("entry")) {
            case "launched" ->
                new LedgerEntry.Launched(
                        id,
                        Instant.parse(from.text("at")),
                        Wire.offer(from.object("offer")),
                        Wire.tags(from.object("tags")),
                        from.text("fingerprint"));
            case "running" ->
                new LedgerEntry.Running(
                        id,
                        Instant.parse(from.text("at")),
                        Wire.endpoint(from.object("endpoint")),
                        from.text("machine"));
            case "repriced" ->
                new LedgerEntry.Repriced(
                        id, Instant.parse(from.text("at")), new HourlyPrice(from.number("micro_dollars_per_hour")));
            case "ended" -> new LedgerEntry.Ended(id, Wire.end(from.object("end")), from.number("cost_micro_dollars"));
            default -> throw new IllegalArgumentException("unknown entry " + from.text("entry"));
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
