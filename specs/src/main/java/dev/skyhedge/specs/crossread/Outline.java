package dev.skyhedge.specs.crossread;

import dev.skyhedge.specs.syntax.Body;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/// The skeleton of a block: what two readers can be compared by.
///
/// @param header type and labels; empty for a file
/// @param line where the header stands, from 1
/// @param attributes names, in order
/// @param blocks the blocks in it, in order
record Outline(List<String> header, int line, List<String> attributes, List<Outline> blocks) {
    private static final int MOST_LINES = 40;

    /// Our own reading.
    static Outline of(Body body) {
        return of(List.of(), 1, body);
    }

    private static Outline of(List<String> header, int line, Body body) {
        List<Outline> blocks = body.blocks()
                .map(b -> of(header(b), b.typeRange().start().line(), b.body()))
                .toList();
        return new Outline(
                header, line, body.attributes().map(Body.Attribute::name).toList(), blocks);
    }

    private static List<String> header(Body.Block block) {
        List<String> header = new ArrayList<>(List.of(block.type()));
        block.labels().forEach(label -> header.add(label.text()));
        return header;
    }

    /// This and everything in it.
    Stream<Outline> all() {
        return Stream.concat(Stream.of(this), blocks.stream().flatMap(Outline::all));
    }

    /// Whether it is a workload of that label, of one of these kinds.
    boolean isWorkload(Collection<String> kinds, String label) {
        return header.size() == 2
                && kinds.contains(header.getFirst())
                && header.getLast().equals(label);
    }

    /// Whether both have the same blocks and attributes in the same order, whatever their lines.
    boolean sameAs(Outline other) {
        if (!header.equals(other.header)
                || !attributes.equals(other.attributes)
                || blocks.size() != other.blocks.size()) {
            return false;
        }
        for (int i = 0; i < blocks.size(); i++) {
            if (!blocks.get(i).sameAs(other.blocks.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// The blocks as indented lines, cut after a screenful.
    String words() {
        List<String> lines = new ArrayList<>();
        describe("", lines);
        return String.join("\n", lines.size() > MOST_LINES ? cut(lines) : lines);
    }

    private static List<String> cut(List<String> lines) {
        List<String> some = new ArrayList<>(lines.subList(0, MOST_LINES));
        some.add("  … and " + (lines.size() - MOST_LINES) + " more");
        return some;
    }

    private void describe(String indent, List<String> lines) {
        String names = attributes.isEmpty() ? "" : " (" + String.join(", ", attributes) + ")";
        if (!header.isEmpty() || !names.isEmpty()) {
            lines.add(indent + "  line " + line + ": " + String.join(" ", header) + names);
        }
        blocks.forEach(block -> block.describe(header.isEmpty() ? indent : indent + "  ", lines));
    }
}
