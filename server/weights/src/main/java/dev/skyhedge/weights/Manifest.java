package dev.skyhedge.weights;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;

/// What a model is made of: its files, the order in which their bytes are needed, and the digest of each
/// chunk of that order. Immutable; two manifests with the same id are the same model, cut the same way.
///
/// @param chunkBytes of every chunk but the last, 1 KiB to 64 MiB
/// @param extents all bytes of all files, each once, in the order of execution
/// @param layerEnd by stage (0 the embedding, then each layer, then the head): chunks that have to be
///     there so that it can run
public record Manifest(
        List<ModelFile> files, int chunkBytes, List<Extent> extents, List<Integer> layerEnd, List<Digest> chunks) {
    static final int MIN_CHUNK_BYTES = 1 << 10;
    static final int MAX_CHUNK_BYTES = 64 << 20;
    /// As it is sent; 400,000 chunks fit.
    static final int MAX_ENCODED_BYTES = 16 << 20;
    private static final int MAGIC = 0x534b594d;
    private static final int VERSION = 1;

    /// @param path relative, with `/` between names
    public record ModelFile(String path, long size) {}

    /// Bytes of one file.
    ///
    /// @param file its position among the files
    public record Extent(int file, long offset, long length) {}

    /// Checks everything that does not need the bytes themselves.
    ///
    /// @throws InvalidInput with what is wrong
    public static Manifest checked(
            List<ModelFile> files, int chunkBytes, List<Extent> extents, List<Integer> layerEnd, List<Digest> chunks)
            throws InvalidInput {
        Manifest manifest = new Manifest(
                List.copyOf(files), chunkBytes, List.copyOf(extents), List.copyOf(layerEnd), List.copyOf(chunks));
        ManifestCheck.check(manifest);
        return manifest;
    }

    /// Of the model.
    public long size() {
        return files.stream().mapToLong(ModelFile::size).sum();
    }

    /// The length of one chunk in bytes.
    int length(int chunk) {
        return (int) Math.min(chunkBytes, size() - (long) chunk * chunkBytes);
    }

    /// How many stages can run with so many chunks from the first on.
    int layers(int watermark) {
        return (int) layerEnd.stream().filter(end -> end <= watermark).count();
    }

    /// SHA-256 of the encoded manifest.
    public Digest id() {
        byte[] encoded = encoded();
        return Digest.of(encoded, encoded.length);
    }

    /// The one way to write it down: the same manifest always gives the same bytes.
    byte[] encoded() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(MAGIC);
            out.writeInt(VERSION);
            out.writeInt(chunkBytes);
            out.writeInt(files.size());
            for (ModelFile file : files) {
                out.writeUTF(file.path());
                out.writeLong(file.size());
            }
            out.writeInt(extents.size());
            for (Extent extent : extents) {
                out.writeInt(extent.file());
                out.writeLong(extent.offset());
                out.writeLong(extent.length());
            }
            out.writeInt(layerEnd.size());
            for (int end : layerEnd) {
                out.writeInt(end);
            }
            out.writeInt(chunks.size());
            for (Digest chunk : chunks) {
                out.write(chunk.bytes());
            }
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    /// @throws InvalidInput if the bytes are no manifest, or one that no file could have
    static Manifest decoded(byte[] bytes) throws InvalidInput {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                throw new InvalidInput("This is no manifest of this version");
            }
            int chunkBytes = in.readInt();
            List<ModelFile> files = new ArrayList<>();
            for (int left = count(in, 10); left > 0; left--) {
                files.add(new ModelFile(in.readUTF(), in.readLong()));
            }
            List<Extent> extents = new ArrayList<>();
            for (int left = count(in, 20); left > 0; left--) {
                extents.add(new Extent(in.readInt(), in.readLong(), in.readLong()));
            }
            List<Integer> layerEnd = new ArrayList<>();
            for (int left = count(in, 4); left > 0; left--) {
                layerEnd.add(in.readInt());
            }
            List<Digest> chunks = new ArrayList<>();
            for (int left = count(in, Digest.LENGTH); left > 0; left--) {
                chunks.add(new Digest(in.readNBytes(Digest.LENGTH)));
            }
            if (in.available() > 0) {
                throw new InvalidInput("A manifest is followed by " + in.available() + " more bytes");
            }
            return checked(files, chunkBytes, extents, layerEnd, chunks);
        } catch (EOFException | UTFDataFormatException e) {
            throw new InvalidInput("The manifest is cut short or torn");
        } catch (InvalidInput e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("Memory does not fail", e);
        }
    }

    /// A number of entries that the rest of the bytes can hold.
    private static int count(DataInputStream in, int entryBytes) throws IOException {
        int count = in.readInt();
        if (count < 0 || (long) count * entryBytes > in.available()) {
            throw new InvalidInput("A manifest says that it has " + count + " entries, more than it has bytes for");
        }
        return count;
    }
}
