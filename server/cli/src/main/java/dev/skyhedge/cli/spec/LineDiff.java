package dev.skyhedge.cli.spec;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/// The difference of two texts, line by line.
final class LineDiff {
    private static final int CONTEXT_LINES = 3;

    private LineDiff() {}

    /// In the unified format.
    static String unified(String name, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> lines = UnifiedDiffUtils.generateUnifiedDiff(
                "old/" + name,
                "new/" + name,
                old,
                DiffUtils.diff(old, after.lines().toList()),
                CONTEXT_LINES);
        return String.join("\n", lines) + "\n";
    }
}
