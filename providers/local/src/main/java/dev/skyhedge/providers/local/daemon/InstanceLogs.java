package dev.skyhedge.providers.local.daemon;

import dev.skyhedge.providers.local.CappedLog;
import dev.skyhedge.providers.local.DaemonFiles;
import dev.skyhedge.spi.LogPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What instances wrote, a file each. A file over the cap becomes the old one, replacing the one before, so
/// that the last half of the cap can always be read. Offsets count from the first byte ever written.
///
/// A workload keeps its file open in append mode, so the file is copied and emptied; what it writes in between
/// is lost.
final class InstanceLogs {
    private final Path directory;
    private final long capBytes;

    InstanceLogs(Path directory, long capBytes) {
        this.directory = directory;
        this.capBytes = capBytes;
    }

    Path file(String instanceId) {
        return directory.resolve(instanceId + ".log");
    }

    private Path old(String instanceId) {
        return log(instanceId).old();
    }

    private CappedLog log(String instanceId) {
        return new CappedLog(file(instanceId), capBytes / 2);
    }

    private Path base(String instanceId) {
        return directory.resolve(instanceId + ".log.base");
    }

    /// Keeps the file under the cap.
    synchronized void trim(String instanceId) throws IOException {
        long trimmed = log(instanceId).trim();
        if (trimmed > 0) {
            DaemonFiles.replace(base(instanceId), Long.toString(baseOf(instanceId) + trimmed));
        }
    }

    private long baseOf(String instanceId) throws IOException {
        Path base = base(instanceId);
        return Files.exists(base) ? Long.parseLong(Files.readString(base).strip()) : 0;
    }

    /// See [dev.skyhedge.spi.Provider#logs].
    synchronized LogPage read(String instanceId, long offset, int maxBytes, boolean ended) throws IOException {
        long base = baseOf(instanceId);
        long end = base + size(file(instanceId));
        long first = base - size(old(instanceId));
        long start = Math.clamp(offset < 0 ? end + offset : offset, first, end);
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.clamp(maxBytes, 0, end - start));
        if (start < base) {
            fill(bytes, old(instanceId), start - first);
        }
        if (bytes.hasRemaining()) {
            fill(bytes, file(instanceId), Math.max(start, base) - base);
        }
        int length = start + bytes.position() < end ? wholeCharacters(bytes) : bytes.position();
        String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
        return new LogPage(text, start + length, ended && start + length == end);
    }

    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static void fill(ByteBuffer bytes, Path file, long position) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = position;
            while (bytes.hasRemaining()) {
                int read = channel.read(bytes, at);
                if (read <= 0) {
                    return;
                }
                at += read;
            }
        }
    }

    /// How many bytes do not cut a character in two at their end.
    private static int wholeCharacters(ByteBuffer bytes) {
        int length = bytes.position();
        for (int back = 1; back <= Math.min(3, length); back++) {
            int one = bytes.get(length - back) & 0xFF;
            if (one < 0x80) {
                return length;
            }
            if (one >= 0xC0) {
                int needed = one >= 0xF0 ? 4 : one >= 0xE0 ? 3 : 2;
                return back < needed && length > back ? length - back : length;
            }
        }
        return length;
    }
}
