package dev.skyhedge.specs.functions;

import java.util.ArrayDeque;
import java.util.Deque;

/// Paths as text, the same on every system.
final class Paths {
    private Paths() {}

    /// The shortest path that means the same; of an empty one it is `.`.
    static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            boolean up = part.equals("..");
            if (up && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(up && absolute)) {
                parts.addLast(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }

    /// The last part.
    static String base(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        String trimmed = path.substring(0, end);
        if (trimmed.isEmpty()) {
            return ".";
        }
        return trimmed.equals("/") ? "/" : trimmed.substring(trimmed.lastIndexOf('/') + 1);
    }

    /// All but the last part.
    static String directory(String path) {
        return clean(path.substring(0, path.lastIndexOf('/') + 1));
    }
}
