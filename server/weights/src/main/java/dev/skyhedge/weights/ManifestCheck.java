package dev.skyhedge.weights;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a manifest from anywhere has to be before a byte is written by it.
final class ManifestCheck {
    private static final int MAX_PATH_BYTES = 1024;

    private ManifestCheck() {}

    static void check(Manifest manifest) throws InvalidInput {
        require(
                manifest.chunkBytes() >= Manifest.MIN_CHUNK_BYTES && manifest.chunkBytes() <= Manifest.MAX_CHUNK_BYTES,
                "Chunks of " + manifest.chunkBytes() + " bytes are not allowed");
        paths(manifest.files());
        long size = 0;
        for (Manifest.ModelFile file : manifest.files()) {
            require(file.size() >= 0 && size + file.size() >= size, "Sizes of files are not sensible");
            size += file.size();
        }
        require(size > 0, "A model without a byte");
        long chunks = (size - 1) / manifest.chunkBytes() + 1;
        require(
                chunks == manifest.chunks().size(),
                size + " bytes have " + chunks + " chunks, not "
                        + manifest.chunks().size());
        extents(manifest);
        int before = 0;
        for (int end : manifest.layerEnd()) {
            require(end >= before && end <= chunks, "Stages do not follow one another");
            before = end;
        }
        require(
                manifest.encoded().length <= Manifest.MAX_ENCODED_BYTES,
                "The manifest is too large: use larger chunks");
    }

    private static void paths(List<Manifest.ModelFile> files) throws InvalidInput {
        Set<String> seen = new HashSet<>();
        Set<String> directories = new HashSet<>();
        for (Manifest.ModelFile file : files) {
            String path = file.path();
            require(
                    path.getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES,
                    "A path of a model's file is too long");
            for (String name : path.split("/", -1)) {
                require(
                        !name.isEmpty() && !name.equals(".") && !name.equals("..") && isPlain(name),
                        "\"" + path + "\" is no path below a directory");
            }
            require(seen.add(path), "\"" + path + "\" is there twice");
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                directories.add(path.substring(0, slash));
            }
        }
        for (String directory : directories) {
            require(!seen.contains(directory), "\"" + directory + "\" is a file and a directory");
        }
    }

    private static boolean isPlain(String name) {
        return name.chars().noneMatch(letter -> letter < ' ' || letter == '\\' || letter == ':' || letter == 0x7f);
    }

    /// Each byte of each file exactly once.
    private static void extents(Manifest manifest) throws InvalidInput {
        List<Manifest.Extent> sorted = new ArrayList<>(manifest.extents());
        sorted.sort(Comparator.comparingInt(Manifest.Extent::file).thenComparingLong(Manifest.Extent::offset));
        long[] reached = new long[manifest.files().size()];
        for (Manifest.Extent extent : sorted) {
            require(
                    extent.file() >= 0 && extent.file() < reached.length && extent.length() > 0,
                    "An extent of no file, or without a byte");
            long size = manifest.files().get(extent.file()).size();
            require(
                    extent.offset() == reached[extent.file()] && extent.length() <= size - extent.offset(),
                    "Extents of " + manifest.files().get(extent.file()).path() + " overlap, or leave a gap");
            reached[extent.file()] += extent.length();
        }
        for (int file = 0; file < reached.length; file++) {
            require(
                    reached[file] == manifest.files().get(file).size(),
                    "Not all of " + manifest.files().get(file).path() + " is in the order");
        }
    }

    private static void require(boolean holds, String otherwise) throws InvalidInput {
        if (!holds) {
            throw new InvalidInput(otherwise);
        }
    }
}
