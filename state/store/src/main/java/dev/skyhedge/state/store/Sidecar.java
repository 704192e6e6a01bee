package dev.skyhedge.state.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.state.store.json.RowJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A small file beside the store that remembers how far it had come, so that a store that was deleted, emptied,
/// cut off or replaced by an older copy is never taken for one in which nothing runs.
final class Sidecar {
    private static final int MAX_BYTES = 4_096;

    private final Path file;
    private long written = -1;

    /// What is remembered: the store's lineage, and how far it had come.
    ///
    /// @param serial it had reached
    /// @param tick it had reached: tells when a commit is missing that raised no serial
    record Mark(String lineage, long serial, long tick) {
        static Mark of(Meta meta) {
            return new Mark(meta.lineage(), meta.serial(), meta.tick());
        }
    }

    /// A file that is not one of ours, or not any more.
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    Sidecar(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// What the file says; empty if there is none.
    Optional<Mark> read() throws Unreadable {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("larger than " + MAX_BYTES + " bytes");
            }
            JsonNode content = RowJson.parse(Files.readString(file));
            Mark mark = new Mark(
                    RowJson.string(content, "lineage"),
                    content.required("serial").longValue(),
                    content.required("tick").longValue());
            if (!checksum(mark).equals(RowJson.string(content, "sha256"))) {
                throw new IOException("its checksum does not fit");
            }
            return Optional.of(mark);
        } catch (IOException | IllegalArgumentException e) {
            throw new Unreadable(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Remembers how far the store has come. Never goes back behind what this process has written.
    synchronized void remember(Mark mark) throws IOException {
        if (mark.tick() <= written) {
            return;
        }
        ObjectNode content = RowJson.object()
                .put("lineage", mark.lineage())
                .put("serial", mark.serial())
                .put("tick", mark.tick());
        DurableFile.replace(file, content.put("sha256", checksum(mark)) + "\n");
        written = mark.tick();
    }

    private static String checksum(Mark mark) {
        return Checksum.of("sidecar", mark.lineage(), mark.serial(), mark.tick());
    }
}
