package dev.skyhedge.engine.simulate.workload;

import dev.skyhedge.specs.diagnostics.FileReason;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A CSV file, plain or, if its name ends in `.gz`, compressed.
final class TableFile {
    private static final String COMPRESSED = ".gz";

    private TableFile() {}

    /// Makes something of the rows.
    @FunctionalInterface
    interface Reading<T> {
        T of(CsvRows rows) throws IOException;
    }

    /// Reads it.
    ///
    /// @throws WorkloadFormatException if it is not there, or not compressed although it is called so
    static <T> T read(Path file, Reading<T> reading) throws IOException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new WorkloadFormatException(name, "this is a directory", "Name a CSV file, plain or .gz.");
        }
        try (InputStream raw = Files.newInputStream(file);
                InputStream in = name.endsWith(COMPRESSED) ? new GZIPInputStream(raw) : raw;
                var rows = new CsvRows(name, in)) {
            return reading.of(rows);
        } catch (NoSuchFileException e) {
            throw new WorkloadFormatException(
                    name,
                    "there is no such file",
                    "Name a CSV file, plain or .gz, or made-up requests: poisson:RATE, constant:RATE or bursty:RATE.");
        } catch (FileSystemException e) {
            throw new WorkloadFormatException(name, FileReason.of(e), "Name a CSV file that can be read.");
        } catch (ZipException | EOFException e) {
            throw new WorkloadFormatException(
                    name,
                    "the file is not, or not to its end, compressed with gzip (" + e.getMessage() + ")",
                    "Compress it again, or take .gz from its name.");
        }
    }
}
