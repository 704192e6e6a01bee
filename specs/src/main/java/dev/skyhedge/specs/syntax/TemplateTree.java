package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.Expression.Part;
import dev.skyhedge.specs.syntax.TemplatePiece.Directive;
import dev.skyhedge.specs.syntax.TemplatePiece.Interpolation;
import dev.skyhedge.specs.syntax.TemplatePiece.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes the parts of a template from its pieces: first the strip markers act on the text next to them, then a
/// flush heredoc loses its common indentation, then directives nest.
final class TemplateTree {
    private final TokenCursor tokens;
    private final List<TemplatePiece> pieces;
    private int next;
    private int depth;
    private int deepest;

    TemplateTree(TokenCursor tokens, List<TemplatePiece> pieces, boolean flush) {
        this.tokens = tokens;
        List<TemplatePiece> stripped = strip(pieces);
        this.pieces = flush ? FlushHeredoc.flush(stripped) : stripped;
    }

    List<Part> parts() {
        List<Part> parts = parts(Set.of());
        if (next < pieces.size() && pieces.get(next) instanceof Directive stray) {
            throw tokens.error(
                    stray.range(),
                    "Unexpected template directive",
                    "\"" + stray.word() + "\" has no directive that it could belong to.");
        }
        return parts;
    }

    /// How deep directives nest.
    int deepest() {
        return deepest;
    }

    private static List<TemplatePiece> strip(List<TemplatePiece> pieces) {
        List<TemplatePiece> stripped = new ArrayList<>(pieces);
        for (int i = 0; i < pieces.size(); i++) {
            if (i > 0 && pieces.get(i).stripsLeft() && stripped.get(i - 1) instanceof Text(String text)) {
                stripped.set(i - 1, new Text(Space.stripTrailing(text)));
            }
            if (i + 1 < pieces.size()
                    && pieces.get(i).stripsRight()
                    && stripped.get(i + 1) instanceof Text(String text)) {
                stripped.set(i + 1, new Text(Space.stripLeading(text)));
            }
        }
        return stripped;
    }

    /// Takes parts until a directive that is one of the ends, or none that can start anything. A text of which strip
    /// markers have left nothing is still a part: what stands beside it is no expression alone.
    private List<Part> parts(Set<String> ends) {
        List<Part> parts = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        while (next < pieces.size()) {
            TemplatePiece piece = pieces.get(next);
            if (piece instanceof Text(String literal)) {
                if (literal.isEmpty()) {
                    parts.add(new Part.Text(literal));
                }
                text.append(literal);
                next++;
                continue;
            }
            if (piece instanceof Directive end && (ends.contains(end.word()) || !opens(end))) {
                break;
            }
            flush(text, parts);
            next++;
            parts.add(
                    switch (piece) {
                        case Interpolation interpolation -> new Part.Interpolation(interpolation.expression());
                        case Directive directive -> directive(directive);
                        case Text(String literal) -> new Part.Text(literal);
                    });
        }
        flush(text, parts);
        return List.copyOf(parts);
    }

    private static boolean opens(Directive directive) {
        return directive.condition().isPresent() || directive.loop().isPresent();
    }

    private static void flush(StringBuilder text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text.toString()));
            text.setLength(0);
        }
    }

    private Part directive(Directive directive) {
        depth++;
        deepest = Math.max(deepest, depth);
        if (depth > tokens.limits().templateNesting()) {
            throw tokens.error(
                    directive.range(),
                    "Limit exceeded",
                    "Directives may be nested " + tokens.limits().templateNesting() + " deep at most.");
        }
        Part part = directive
                .condition()
                .map(condition -> conditional(directive, condition))
                .orElseGet(() -> loop(directive));
        depth--;
        return part;
    }

    private Part conditional(Directive directive, Expression condition) {
        List<Part> yes = parts(Set.of("else", "endif"));
        List<Part> no = List.of();
        if (end(directive, "endif").word().equals("else")) {
            no = parts(Set.of("endif"));
            end(directive, "endif");
        }
        return new Part.If(condition, yes, no);
    }

    private Part loop(Directive directive) {
        CollectionParser.ForIntroduction loop = directive.loop().orElseThrow();
        List<Part> body = parts(Set.of("endfor"));
        end(directive, "endfor");
        return new Part.For(loop.keyName(), loop.valueName(), loop.collection(), body);
    }

    private Directive end(Directive start, String word) {
        if (next < pieces.size() && pieces.get(next) instanceof Directive end) {
            boolean fits = end.word().equals(word)
                    || (word.equals("endif") && end.word().equals("else"));
            if (fits) {
                next++;
                return end;
            }
            throw tokens.error(
                    end.range(),
                    "Unexpected template directive",
                    "Expected \"" + word + "\" for the \"" + start.word() + "\" at "
                            + start.range().place() + ", but found \"" + end.word() + "\".");
        }
        throw tokens.error(
                start.range(),
                "Unexpected end of template",
                "The \"" + start.word() + "\" directive is missing its corresponding \"" + word + "\".");
    }
}
