package dev.skyhedge.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The change of a tree of values in the form that Terraform's users know. A missing node stands for what is not
/// there.
public final class ObjectDiff {
    private static final JsonNode NOTHING = MissingNode.getInstance();
    private static final Set<String> IDENTIFYING = Set.of("name", "id");

    private final Display display;
    private final StringBuilder text;
    private final Set<String> forcesReplacement;
    private final boolean showUnchanged;

    /// @param forcesReplacement attributes of the outermost object whose changes are marked
    public ObjectDiff(Display display, StringBuilder text, Set<String> forcesReplacement) {
        this(display, text, forcesReplacement, false);
    }

    private ObjectDiff(Display display, StringBuilder text, Set<String> forcesReplacement, boolean showUnchanged) {
        this.display = display;
        this.showUnchanged = showUnchanged;
        this.text = text;
        this.forcesReplacement = forcesReplacement;
    }

    /// Appends a tree that does not change, in full, as the inside of a block.
    public static void unchanged(Display display, StringBuilder text, JsonNode tree) {
        new ObjectDiff(display, text, Set.of(), true).attributes(tree, tree, 0);
    }

    /// Appends the attributes of an object, without the braces around them.
    public void attributes(JsonNode before, JsonNode after, int depth) {
        attributes(before, after, depth, false);
    }

    private void attributes(JsonNode before, JsonNode after, int depth, boolean forced) {
        Set<String> names = new LinkedHashSet<>();
        after.fieldNames().forEachRemaining(names::add);
        before.fieldNames().forEachRemaining(names::add);
        List<String> shown = new ArrayList<>();
        for (String name : names) {
            boolean same = before.path(name).equals(after.path(name));
            if (showUnchanged || !same || (depth == 1 && IDENTIFYING.contains(name))) {
                shown.add(name);
            }
        }
        int width =
                shown.stream().map(ObjectDiff::key).mapToInt(Words::width).max().orElse(0);
        for (String name : shown) {
            boolean forces = forced
                    || (depth == 1
                            && forcesReplacement.contains(name)
                            && !before.isMissingNode()
                            && !after.isMissingNode());
            attribute(Words.pad(key(name), width), before.path(name), after.path(name), depth, forces);
        }
        hidden(names.size() - shown.size(), "attribute", depth);
    }

    private static String key(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{N}_-]*") ? name : quote(name);
    }

    private void attribute(String key, JsonNode before, JsonNode after, int depth, boolean forced) {
        text.append("    ".repeat(depth))
                .append("  ")
                .append(mark(before, after))
                .append(key)
                .append(" = ");
        value(before, after, depth, forced);
        text.append('\n');
    }

    private String mark(JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return "  ";
        }
        if (before.isMissingNode()) {
            return display.paint(Ink.ADDED, "+") + " ";
        }
        return after.isMissingNode() ? display.paint(Ink.REMOVED, "-") + " " : display.paint(Ink.CHANGED, "~") + " ";
    }

    private void value(JsonNode before, JsonNode after, int depth, boolean forced) {
        boolean gone = after.isMissingNode();
        JsonNode present = gone ? before : after;
        if (isTree(present) && (before.isMissingNode() || gone || before.getNodeType() == after.getNodeType())) {
            tree(before, after, depth, forced);
            text.append(gone ? " -> null" : "");
            return;
        }
        Optional<String> old = before.isMissingNode() ? Optional.empty() : Optional.of(leaf(before));
        String shown = gone ? "null" : leaf(after);
        boolean told = old.isEmpty() || before.equals(after) || (old.get().equals(shown) && isSensitive(after));
        text.append(told ? shown : old.get() + " -> " + shown);
        if (forced && !before.equals(after)) {
            text.append(display.paint(Ink.REMOVED, " # forces replacement"));
        }
    }

    private void tree(JsonNode before, JsonNode after, int depth, boolean forced) {
        JsonNode present = after.isMissingNode() ? before : after;
        if (present.isEmpty() && (before.isMissingNode() || after.isMissingNode())) {
            text.append(present.isArray() ? "[]" : "{}");
            return;
        }
        boolean array = present.isArray();
        text.append(array ? "[" : "{");
        if (forced && array && !before.equals(after)) {
            text.append(display.paint(Ink.REMOVED, " # forces replacement"));
        }
        text.append('\n');
        if (array) {
            elements(before, after, depth + 1);
        } else {
            attributes(before, after, depth + 1, forced);
        }
        text.append("    ".repeat(depth)).append("    ").append(array ? "]" : "}");
    }

    /// What both lists begin and end with is unchanged; the middle is taken out and put in.
    private void elements(JsonNode before, JsonNode after, int depth) {
        int shorter = Math.min(before.size(), after.size());
        int head = 0;
        if (showUnchanged) {
            after.forEach(element -> element(element, element, depth));
            return;
        }
        while (head < shorter && before.get(head).equals(after.get(head))) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && before.get(before.size() - 1 - tail).equals(after.get(after.size() - 1 - tail))) {
            tail++;
        }
        hidden(head, "element", depth);
        for (int i = head; i < before.size() - tail; i++) {
            element(before.get(i), NOTHING, depth);
        }
        for (int i = head; i < after.size() - tail; i++) {
            element(NOTHING, after.get(i), depth);
        }
        hidden(tail, "element", depth);
    }

    private void element(JsonNode before, JsonNode after, int depth) {
        text.append("    ".repeat(depth)).append("  ").append(mark(before, after));
        JsonNode present = after.isMissingNode() ? before : after;
        if (isTree(present)) {
            tree(before, after, depth, false);
        } else {
            text.append(leaf(present));
        }
        text.append(",\n");
    }

    private void hidden(int count, String what, int depth) {
        if (count > 0) {
            String note = "# (" + count + " unchanged " + what + (count == 1 ? "" : "s") + " hidden)";
            text.append("    ".repeat(depth))
                    .append("    ")
                    .append(display.paint(Ink.FAINT, note))
                    .append('\n');
        }
    }

    private static boolean isTree(JsonNode node) {
        return node.isContainerNode() && !isWrapped(node);
    }

    /// The state writes the value of an environment variable as an object that says what kind it is.
    private static boolean isWrapped(JsonNode node) {
        return node.isObject()
                && node.size() == 1
                && (node.has("value") || node.path("secret").isTextual() || isSensitive(node));
    }

    private static boolean isSensitive(JsonNode node) {
        return node.isObject() && node.has("sensitive_sha256");
    }

    private static String leaf(JsonNode node) {
        if (isSensitive(node)) {
            return "(sensitive value)";
        }
        if (node.isObject() && node.has("secret")) {
            return "secret(" + quote(node.path("secret").asText()) + ")";
        }
        JsonNode plain = isWrapped(node) ? node.path("value") : node;
        if (plain.isContainerNode()) {
            return plain.isArray() ? "[…]" : "{…}";
        }
        return plain.isTextual() ? quote(plain.textValue()) : plain.asText();
    }

    private static String quote(String value) {
        return '"' + Words.clean(escape(value)) + '"';
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\r", "\\r")
                .replace("\t", "\\t")
                .replace("${", "$${");
    }
}
