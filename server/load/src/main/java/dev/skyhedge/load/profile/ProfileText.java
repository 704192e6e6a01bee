package dev.skyhedge.load.profile;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A profile as an allocation `mixed` reads it, with the lines of other accelerators left as they
/// are.
///
/// @param lines below the header and what is above it; comments too
/// @param above the header, comments
public record ProfileText(List<String> above, List<String> lines) {
    public static final String HEADER = "gpu,input_tokens,output_tokens,max_requests_per_s";

    /// Without a row.
    public static final ProfileText EMPTY = new ProfileText(List.of(), List.of());

    public ProfileText {
        above = List.copyOf(above);
        lines = List.copyOf(lines);
    }

    /// Reads a profile.
    ///
    /// @throws IllegalArgumentException if its columns are others
    public static ProfileText read(String text) {
        List<String> above = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        boolean header = false;
        for (String line : text.lines().toList()) {
            if (header) {
                lines.add(line);
            } else if (line.isBlank() || line.startsWith("#")) {
                above.add(line);
            } else if (line.strip().equals(HEADER)) {
                header = true;
            } else {
                throw new IllegalArgumentException("its columns are not " + HEADER);
            }
        }
        return new ProfileText(above, lines);
    }

    /// The same with what was found of one accelerator, in place of what it said of these sizes.
    public ProfileText with(String gpu, List<ProfileRun.Found> found) {
        List<String> rows = new ArrayList<>(lines);
        for (ProfileRun.Found one : found) {
            rows.removeIf(row -> row.startsWith(size(gpu, one) + ","));
            rows.add(row(gpu, one));
        }
        return new ProfileText(above, rows);
    }

    /// A line for each size.
    public static String rows(String gpu, List<ProfileRun.Found> found) {
        return found.stream().map(one -> row(gpu, one)).collect(Collectors.joining("\n"));
    }

    private static String size(String gpu, ProfileRun.Found found) {
        return gpu + "," + found.size().inputTokens() + "," + found.size().outputTokens();
    }

    private static String row(String gpu, ProfileRun.Found found) {
        return size(gpu, found) + "," + ProfilePoint.number(found.maxRate());
    }

    /// With a line feed at its end.
    public String text() {
        List<String> all = new ArrayList<>(above);
        all.add(HEADER);
        all.addAll(lines);
        return String.join("\n", all) + "\n";
    }
}
