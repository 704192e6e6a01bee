package dev.skyhedge.cli.planfile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.spi.Sha256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Named texts in a zip: nothing is compressed, and the first entry lists the format and each other entry's
/// SHA-256. Equal texts give equal bytes.
final class Archive {
    static final String MANIFEST = "manifest.json";
    static final String FORMAT_NAME = "skyhedge-plan";
    private static final int MAX_ENTRIES = 2_000;

    /// No entry needs a time, and zips hardly know an earlier one.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private Archive() {}

    /// The archive is not what it should be.
    static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient PlanFileProblem.Kind kind;

        RefusedException(PlanFileProblem.Kind kind, String message) {
            super(message);
            this.kind = kind;
        }

        PlanFileProblem.Kind kind() {
            return kind;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    static byte[] write(SequencedMap<String, String> texts) {
        ObjectNode manifest = Json.object().put("format", FORMAT_NAME).put("format_version", PlanFile.FORMAT_VERSION);
        ObjectNode sums = manifest.putObject("sha256");
        texts.forEach((name, text) -> sums.put(name, Sha256.hex(text.getBytes(StandardCharsets.UTF_8))));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
            zip.setMethod(ZipOutputStream.STORED);
            add(zip, MANIFEST, manifest.toString());
            for (var entry : texts.entrySet()) {
                add(zip, entry.getKey(), entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(bytes.length);
        entry.setCompressedSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    static SequencedMap<String, String> read(byte[] archive) throws RefusedException {
        SequencedMap<String, byte[]> contents = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (contents.isEmpty() && !entry.getName().equals(MANIFEST)) {
                    throw notAPlan("its first entry is not " + MANIFEST);
                }
                if (entry.getMethod() != ZipEntry.STORED) {
                    throw damaged("the entry " + entry.getName() + " is compressed");
                }
                if (contents.size() == MAX_ENTRIES) {
                    throw new RefusedException(
                            PlanFileProblem.Kind.TOO_LARGE, "it has more than " + MAX_ENTRIES + " entries");
                }
                if (contents.put(entry.getName(), zip.readAllBytes()) != null) {
                    throw damaged("the entry " + entry.getName() + " is there twice");
                }
            }
        } catch (EOFException e) {
            throw damaged("it ends too early");
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()));
        }
        byte[] manifest = contents.remove(MANIFEST);
        if (manifest == null) {
            throw notAPlan("it is not a zip archive with entries");
        }
        return verified(manifest(manifest), contents);
    }

    private static JsonNode manifest(byte[] bytes) throws RefusedException {
        JsonNode manifest;
        int version;
        try {
            manifest = Json.parse(text(bytes));
            if (!Json.text(manifest, "format").equals(FORMAT_NAME)) {
                throw notAPlan("it is a file of another format");
            }
            version = Json.integer(manifest, "format_version");
        } catch (IllegalArgumentException e) {
            throw damaged(MANIFEST + ": " + e.getMessage());
        }
        if (version > PlanFile.FORMAT_VERSION) {
            throw new RefusedException(
                    PlanFileProblem.Kind.NEWER_FORMAT,
                    "it has format " + version + ", and this version reads format " + PlanFile.FORMAT_VERSION);
        }
        if (version < PlanFile.FORMAT_VERSION) {
            throw new RefusedException(
                    PlanFileProblem.Kind.OLDER_FORMAT,
                    "it has format " + version + ", and this version reads format " + PlanFile.FORMAT_VERSION);
        }
        return manifest;
    }

    private static SequencedMap<String, String> verified(JsonNode manifest, SequencedMap<String, byte[]> contents)
            throws RefusedException {
        JsonNode sums = manifest.path("sha256");
        if (sums.size() != contents.size()) {
            throw damaged("entries are missing or were added");
        }
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (var entry : contents.entrySet()) {
            if (!Sha256.hex(entry.getValue()).equals(sums.path(entry.getKey()).asText())) {
                throw damaged("the entry " + entry.getKey() + " does not have its checksum");
            }
            texts.put(entry.getKey(), text(entry.getValue()));
        }
        return texts;
    }

    private static String text(byte[] bytes) throws RefusedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw damaged("an entry is not UTF-8");
        }
    }

    private static RefusedException damaged(String what) {
        return new RefusedException(PlanFileProblem.Kind.DAMAGED, what);
    }

    private static RefusedException notAPlan(String what) {
        return new RefusedException(PlanFileProblem.Kind.NOT_A_PLAN_FILE, what);
    }
}
