package dev.skyhedge.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The chunks of one model on disk. They are collected beside the model's directory, which appears
/// whole, under its name, when all are there. What an earlier process left is read and checked again,
/// so that nothing but the bytes themselves has to be believed after a crash.
///
/// Thread-safe: one thread adds, any number read and wait.
final class ChunkStore implements Closeable {
    private final Manifest manifest;
    private final Path directory;
    private final Path collecting;
    private final List<FileChannel> files = new ArrayList<>();
    /// By extent: where it begins in the order of the chunks.
    private final long[] begins;
    private int watermark;

    private ChunkStore(Manifest manifest, Path directory) {
        this.manifest = manifest;
        this.directory = directory;
        this.collecting = directory.resolveSibling(directory.getFileName() + ".incoming-"
                + manifest.id().toString().substring(0, 12));
        this.begins = new long[manifest.extents().size()];
        long begin = 0;
        for (int extent = 0; extent < begins.length; extent++) {
            begins[extent] = begin;
            begin += manifest.extents().get(extent).length();
        }
    }

    /// Opens what is there, or begins.
    ///
    /// @param directory where the model is to be; it may be there already, with exactly this model
    /// @throws InvalidInput if something else is there
    /// @throws IOException if it cannot be written, or the disk has no room
    static ChunkStore open(Manifest manifest, Path directory) throws IOException {
        ChunkStore store = new ChunkStore(manifest, directory.toAbsolutePath().normalize());
        try {
            store.open();
        } catch (IOException e) {
            store.close();
            throw e;
        }
        return store;
    }

    private void open() throws IOException {
        if (Files.isDirectory(directory)) {
            openFiles(directory, StandardOpenOption.READ);
            verify();
            if (watermark < manifest.chunks().size()) {
                throw new InvalidInput(directory + " is there and does not hold this model: chunk " + watermark
                        + " differs; remove it or name another directory");
            }
            return;
        }
        Files.createDirectories(collecting);
        openFiles(collecting, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        verify();
        requireRoom(collecting, manifest.size() - (long) watermark * manifest.chunkBytes());
        publishIfWhole();
    }

    static void requireRoom(Path directory, long missing) throws IOException {
        long room = Files.getFileStore(directory).getUsableSpace();
        if (missing > room) {
            throw new IOException(directory + ": " + missing + " bytes are missing, the disk has room for " + room);
        }
    }

    private void openFiles(Path root, StandardOpenOption... options) throws IOException {
        for (Manifest.ModelFile file : manifest.files()) {
            Path path = root.resolve(file.path());
            if (!root.equals(directory)) {
                Files.createDirectories(path.getParent());
            } else if (!Files.isRegularFile(path)) {
                throw new InvalidInput(directory + " is there and does not hold this model: " + path + " is no file");
            }
            files.add(FileChannel.open(path, options));
        }
    }

    private void verify() throws IOException {
        byte[] chunk = new byte[manifest.chunkBytes()];
        while (watermark < manifest.chunks().size()
                && isThere(watermark)
                && isRight(watermark, read(watermark, chunk), chunk)) {
            watermark++;
        }
    }

    /// Whether files are long enough for the chunk.
    private boolean isThere(int index) throws IOException {
        boolean[] there = {true};
        pieces(index, (file, position, _, length) -> there[0] &= files.get(file).size() >= position + length);
        return there[0];
    }

    private boolean isRight(int index, int length, byte[] chunk) {
        return Digest.of(chunk, length).equals(manifest.chunks().get(index));
    }

    Manifest manifest() {
        return manifest;
    }

    /// Chunks that are there and right, from the first on.
    synchronized int watermark() {
        return watermark;
    }

    boolean isWhole() {
        return watermark() == manifest.chunks().size();
    }

    /// Waits until there are more than so many chunks.
    ///
    /// @return whether there are
    synchronized boolean await(int than, long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        while (watermark <= than) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    /// Adds the next chunk. Checked before it is written.
    ///
    /// @return false if it is not what the manifest says
    /// @throws IOException if it cannot be written
    boolean add(byte[] chunk, int length) throws IOException {
        int index = watermark();
        if (length != manifest.length(index) || !isRight(index, length, chunk)) {
            return false;
        }
        pieces(
                index,
                (file, position, offset, part) -> FileBytes.write(files.get(file), position, chunk, offset, part));
        synchronized (this) {
            watermark++;
            notifyAll();
        }
        publishIfWhole();
        return true;
    }

    /// Reads a chunk that is there.
    ///
    /// @return its length
    int read(int index, byte[] into) throws IOException {
        pieces(
                index,
                (file, position, offset, length) -> FileBytes.read(files.get(file), position, into, offset, length));
        return manifest.length(index);
    }

    @FunctionalInterface
    interface Piece {
        /// @param offset in the chunk
        void at(int file, long position, int offset, int length) throws IOException;
    }

    /// Where a chunk's bytes are in the files.
    void pieces(int index, Piece piece) throws IOException {
        long at = (long) index * manifest.chunkBytes();
        int left = manifest.length(index);
        int offset = 0;
        int extent = extentAt(at);
        while (left > 0) {
            Manifest.Extent here = manifest.extents().get(extent);
            long within = at - begins[extent];
            int length = (int) Math.min(left, here.length() - within);
            piece.at(here.file(), here.offset() + within, offset, length);
            at += length;
            offset += length;
            left -= length;
            extent++;
        }
    }

    private int extentAt(long position) {
        int found = Arrays.binarySearch(begins, position);
        return found >= 0 ? found : -found - 2;
    }

    private void publishIfWhole() throws IOException {
        if (!isWhole() || Files.isDirectory(directory)) {
            return;
        }
        for (FileChannel file : files) {
            file.force(true);
        }
        Files.move(collecting, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /// Where the model is, or will be.
    Path directory() {
        return directory;
    }

    @Override
    public void close() throws IOException {
        try (Stream<FileChannel> all = files.stream()) {
            all.forEach(file -> {
                try {
                    file.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
