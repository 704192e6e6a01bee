package dev.skyhedge.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.skyhedge.agent.protocol.Answer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a task tells of itself: lines in its metrics file, and checkpoints. Read whenever somebody asks, from where the
/// asker is, so that nothing is kept and nothing is lost with an agent.
final class Reports {
    /// Of one answer.
    static final int MAX_BYTES = 256 << 10;

    static final int MAX_LINE_BYTES = 64 << 10;
    private static final int MAX_CHECKPOINTS = 100;
    private static final Pattern CHECKPOINT = Pattern.compile("ckpt-([0-9]{1,18})");
    private static final JsonFactory JSON = new JsonFactory();

    private Reports() {}

    /// The last line counts once its newline is there.
    static Answer.ReportLines read(Path file, long after) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            boolean restarted = in.length() < after;
            long from = restarted ? 0 : after;
            in.seek(from);
            byte[] bytes = new byte[(int) Math.min(in.length() - from, MAX_BYTES)];
            in.readFully(bytes);
            return lines(bytes, from, restarted);
        } catch (FileNotFoundException _) {
            return new Answer.ReportLines(List.of(), 0, 0, after > 0);
        }
    }

    private static Answer.ReportLines lines(byte[] bytes, long from, boolean restarted) {
        List<String> lines = new ArrayList<>();
        int malformed = 0;
        int begin = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '\n') {
                continue;
            }
            String line = new String(bytes, begin, i - begin, StandardCharsets.UTF_8);
            if (i - begin <= MAX_LINE_BYTES && isObject(line)) {
                lines.add(line);
            } else if (!line.isBlank()) {
                malformed++;
            }
            begin = i + 1;
        }
        if (begin == 0 && bytes.length == MAX_BYTES) {
            // One line that is longer than all that is read at once: passed over piece by piece.
            return new Answer.ReportLines(List.of(), from + bytes.length, 1, restarted);
        }
        return new Answer.ReportLines(lines, from + begin, malformed, restarted);
    }

    private static boolean isObject(String line) {
        try (JsonParser parser = JSON.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException _) {
            return false;
        }
    }

    /// Those that are whole: while one is written it has another name.
    static List<String> checkpoints(Path directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory, "ckpt-*")) {
            for (Path each : all) {
                String name = each.getFileName().toString();
                if (CHECKPOINT.matcher(name).matches() && Files.isDirectory(each)) {
                    names.add(name);
                }
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        names.sort(Comparator.comparingLong(Reports::number));
        return names.subList(Math.max(0, names.size() - MAX_CHECKPOINTS), names.size());
    }

    private static long number(String checkpoint) {
        Matcher matcher = CHECKPOINT.matcher(checkpoint);
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : -1;
    }

    static Optional<String> latest(Path directory) throws IOException {
        Path link = directory.resolve("latest");
        return Files.isSymbolicLink(link)
                ? Optional.of(Files.readSymbolicLink(link).toString())
                : Optional.empty();
    }
}
