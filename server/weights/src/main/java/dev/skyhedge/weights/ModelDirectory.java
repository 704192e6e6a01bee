package dev.skyhedge.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The manifest of a model that is in a directory. Bytes are put in the order in which they are needed:
/// what is no tensor (configuration, tokenizer, headers) and the embedding first, then layer by layer,
/// the head last. Files of other formats than safetensors have no stages that could be told apart: they
/// come first, whole, and stages that are counted are those of safetensors files.
public final class ModelDirectory {
    private static final Pattern LAYER = Pattern.compile("(?:^|\\.)(?:layers?|h|blocks?)\\.(\\d{1,5})\\.");
    private static final Pattern EMBEDDING =
            Pattern.compile("(?:^|[._])(?:embed\\w*|wte|wpe|tok_embeddings)(?:[._]|$)");
    private static final int EMBEDDING_STAGE = 0;
    private static final int HEAD_STAGE = Integer.MAX_VALUE;

    private record Piece(int stage, Manifest.Extent extent) {}

    private ModelDirectory() {}

    /// Reads and hashes every byte.
    ///
    /// @throws InvalidInput if a file is not what its name says, or there is none
    /// @throws IOException if a file cannot be read
    public static Manifest manifest(Path directory, int chunkBytes) throws IOException {
        List<Manifest.ModelFile> files = files(directory);
        List<Piece> pieces = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            pieces.addAll(pieces(file, files.get(file), directory));
        }
        pieces.sort(Comparator.comparingInt(Piece::stage)
                .thenComparingInt(piece -> piece.extent().file())
                .thenComparingLong(piece -> piece.extent().offset()));
        List<Manifest.Extent> extents = joined(pieces);
        List<Digest> chunks = hashed(directory, files, extents, chunkBytes);
        return Manifest.checked(files, chunkBytes, extents, layerEnd(pieces, chunkBytes), chunks);
    }

    private static List<Manifest.ModelFile> files(Path directory) throws IOException {
        List<Manifest.ModelFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted().toList()) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    String path = directory
                            .relativize(file)
                            .toString()
                            .replace(file.getFileSystem().getSeparator(), "/");
                    files.add(new Manifest.ModelFile(path, Files.size(file)));
                } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new InvalidInput(file + " is neither a file nor a directory: resolve links first");
                }
            }
        }
        return files;
    }

    private static List<Piece> pieces(int number, Manifest.ModelFile file, Path directory) throws IOException {
        if (file.size() == 0) {
            return List.of();
        }
        if (!file.path().endsWith(".safetensors")) {
            return List.of(new Piece(EMBEDDING_STAGE, new Manifest.Extent(number, 0, file.size())));
        }
        SafetensorsIndex index = SafetensorsIndex.read(directory.resolve(file.path()));
        List<Piece> pieces = new ArrayList<>();
        pieces.add(new Piece(EMBEDDING_STAGE, new Manifest.Extent(number, 0, index.headerEnd())));
        for (SafetensorsIndex.Tensor tensor : index.tensors()) {
            if (tensor.end() > tensor.begin()) {
                pieces.add(new Piece(
                        stage(tensor.name()),
                        new Manifest.Extent(number, tensor.begin(), tensor.end() - tensor.begin())));
            }
        }
        return pieces;
    }

    private static int stage(String tensor) {
        Matcher layer = LAYER.matcher(tensor);
        if (layer.find()) {
            return 1 + Integer.parseInt(layer.group(1));
        }
        return EMBEDDING.matcher(tensor).find() ? EMBEDDING_STAGE : HEAD_STAGE;
    }

    /// Neighbours of one file are one extent.
    private static List<Manifest.Extent> joined(List<Piece> pieces) {
        List<Manifest.Extent> extents = new ArrayList<>();
        for (Piece piece : pieces) {
            Manifest.Extent next = piece.extent();
            if (!extents.isEmpty()) {
                Manifest.Extent last = extents.getLast();
                if (last.file() == next.file() && last.offset() + last.length() == next.offset()) {
                    extents.set(
                            extents.size() - 1,
                            new Manifest.Extent(last.file(), last.offset(), last.length() + next.length()));
                    continue;
                }
            }
            extents.add(next);
        }
        return extents;
    }

    private static List<Integer> layerEnd(List<Piece> pieces, int chunkBytes) {
        SortedMap<Integer, Long> bytes = new TreeMap<>();
        pieces.forEach(piece -> bytes.merge(piece.stage(), piece.extent().length(), Long::sum));
        List<Integer> ends = new ArrayList<>();
        long end = 0;
        for (long length : bytes.values()) {
            end += length;
            ends.add(Math.toIntExact(Math.ceilDiv(end, chunkBytes)));
        }
        return ends;
    }

    private static List<Digest> hashed(
            Path directory, List<Manifest.ModelFile> files, List<Manifest.Extent> extents, int chunkBytes)
            throws IOException {
        List<Digest> chunks = new ArrayList<>();
        byte[] chunk = new byte[chunkBytes];
        int filled = 0;
        for (Manifest.Extent extent : extents) {
            Path file = directory.resolve(files.get(extent.file()).path());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                long done = 0;
                while (done < extent.length()) {
                    int part = (int) Math.min(extent.length() - done, chunkBytes - filled);
                    FileBytes.read(channel, extent.offset() + done, chunk, filled, part);
                    done += part;
                    filled += part;
                    if (filled == chunkBytes) {
                        chunks.add(Digest.of(chunk, filled));
                        filled = 0;
                    }
                }
            }
        }
        if (filled > 0) {
            chunks.add(Digest.of(chunk, filled));
        }
        return chunks;
    }
}
