package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.DaemonFiles;
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
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The ledger as a file: a JSON object a line, each forced to the disk before it counts. Lines are only added, until
/// the file is too large: then it is written anew with one line instead of those of all instances that ended long
/// ago, see [Carrying], and the one before is kept beside it.
///
/// A line that was cut off by a crash never counted and is removed when the file is opened to go on.
public final class LedgerFile implements AutoCloseable {
    private static final byte LINE_END = '\n';

    private static final long CAP_BYTES = 8L << 20;

    private final Path file;
    private final long capBytes;
    private final Carrying carrying;
    private FileChannel channel;
    /// Another attempt is worth it only once the file has grown much.
    private long nextCap;

    private LedgerFile(Path file, long capBytes, Carrying carrying, FileChannel channel) {
        this.file = file;
        this.capBytes = capBytes;
        this.carrying = carrying;
        this.channel = channel;
        this.nextCap = capBytes;
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
    static LedgerFile open(Path file, Carrying carrying) throws IOException {
        return open(file, CAP_BYTES, carrying);
    }

    static LedgerFile open(Path file, long capBytes, Carrying carrying) throws IOException {
        var ledger = new LedgerFile(file, capBytes, carrying, openedAtEnd(file));
        ledger.carryForward();
        return ledger;
    }

    private static FileChannel openedAtEnd(Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                DaemonFiles.createFile(file), Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
        long end = endOfLastWholeLine(channel);
        channel.truncate(end);
        channel.position(end);
        return channel;
    }

    /// Readers find the old file or the new one, and at no time none.
    private void carryForward() throws IOException {
        if (channel.size() <= nextCap) {
            return;
        }
        List<LedgerEntry> kept = carrying.of(read(file));
        Files.copy(file, predecessor(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        DaemonFiles.replace(file, kept.stream().map(LedgerFile::line).collect(Collectors.joining()));
        channel.close();
        channel = openedAtEnd(file);
        nextCap = Math.max(capBytes, 2 * channel.size());
    }

    /// The file as it was before the last time.
    static Path predecessor(Path file) {
        return file.resolveSibling(file.getFileName() + ".1");
    }

    private static String line(LedgerEntry entry) {
        return Json.write(Wire.object(fields(entry))) + "\n";
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
        byte[] line = line(entry).getBytes(StandardCharsets.UTF_8);
        try {
            carryForward();
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
            case LedgerEntry.Carried one ->
                new Object[] {"entry", "carried", "id", one.instanceId(), "cost_micro_dollars", one.costMicroDollars()};
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
            case "carried" -> new LedgerEntry.Carried(id, from.number("cost_micro_dollars"));
            default -> throw new IllegalArgumentException("unknown entry " + from.text("entry"));
        };
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
