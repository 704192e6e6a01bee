package dev.skyhedge.specs.crossread;

import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds a kind of workload, such as `service`, followed by a wanted name outside of comments. Knows nothing of the
/// language but comments and quotes, so that it shares no mistake with a parser. One pass; in doubt it finds too much.
final class WordSearch {
    private final Source source;
    private final String text;
    private final Set<String> words;
    private final Set<String> names;
    private final List<SourceRange> found = new ArrayList<>();
    private int at;

    private WordSearch(Source source, Set<String> words, Set<String> names) {
        this.source = source;
        this.text = source.text();
        this.words = words;
        this.names = names;
    }

    /// All places, in order.
    static List<SourceRange> find(Source source, Set<String> words, Set<String> names) {
        WordSearch search = new WordSearch(source, words, names);
        search.run();
        return List.copyOf(search.found);
    }

    private void run() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#' || text.startsWith("//", at)) {
                at = after("\n");
            } else if (text.startsWith("/*", at) && text.indexOf("*/", at + 2) >= 0) {
                at = after("*/");
            } else if (c == '"') {
                string();
            } else if (Character.isJavaIdentifierStart(c)) {
                word();
            } else {
                at++;
            }
        }
    }

    private int after(String end) {
        int index = text.indexOf(end, at + 1);
        return index < 0 ? text.length() : index + end.length();
    }

    /// A quoted text, up to its quote or the end of the line. In JSON it may be the word itself.
    private void string() {
        int from = ++at;
        while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at, text.length());
        String content = text.substring(from, at);
        at++;
        boolean key = text.startsWith(":", space(at));
        if (key && source.name().endsWith(".json") && names.contains(content)) {
            found.add(source.range(from, from + content.length()));
        }
    }

    private void word() {
        int from = at;
        at = endOfName(at);
        if (words.contains(text.substring(from, at))) {
            int label = space(at);
            int name = label < text.length() && text.charAt(label) == '"' ? label + 1 : label;
            int end = endOfName(name);
            if (label > at || name > label) {
                if (names.contains(text.substring(Math.min(name, end), end))) {
                    found.add(source.range(from, end));
                }
            }
        }
    }

    private int space(int from) {
        int end = from;
        while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private int endOfName(int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && (Character.isJavaIdentifierPart(text.charAt(end)) || text.charAt(end) == '-')) {
            end++;
        }
        return end;
    }
}
