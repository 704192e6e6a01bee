package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads bodies by recursive descent. After an error it goes on with the next item, so that one run tells of
/// all errors. A parser is used once, by one thread.
public final class Parser {
    /// What became of a file: the items that could be read, and everything that is wrong with it.
    public record Parsed(Body body, List<Diagnostic> diagnostics) {}

    /// What became of a lone expression; empty if there is any error.
    public record ParsedExpression(Optional<Expression> expression, List<Diagnostic> diagnostics) {}

    private final Source source;
    private final Scanned scanned;
    private final TokenCursor tokens;
    private final ExpressionParser expressions;
    private final List<Diagnostic> diagnostics;
    private final Limits limits;
    private final Braces braces;

    private Parser(Scanned scanned, Placement placement, Limits limits) {
        this.source = scanned.source();
        this.limits = limits;
        this.scanned = scanned;
        this.tokens = new TokenCursor(scanned, placement, limits);
        this.expressions = new ExpressionParser(tokens);
        this.diagnostics = new ArrayList<>();
        this.braces = new Braces(tokens);
        for (Diagnostic diagnostic : scanned.diagnostics()) {
            SourceRange range = diagnostic.subject().orElseThrow();
            diagnostics.add(diagnostic.at(placement.range(range.from(), range.to())));
        }
    }

    /// Reads a file.
    public static Parsed parse(Source source, Limits limits) {
        return new Parser(Scanner.scan(source, limits), source::range, limits).file();
    }

    /// Reads one expression that is all there is in the source.
    public static ParsedExpression parseExpression(Source source, Limits limits) {
        return parseExpression(source, source::range, limits);
    }

    /// Reads one expression that was taken from a larger text.
    public static ParsedExpression parseExpression(Source text, Placement placement, Limits limits) {
        return new Parser(Scanner.scan(text, limits), placement, limits).lone();
    }

    /// Reads the inside of a template, without backslash escapes, that was taken from a larger text.
    public static ParsedExpression parseTemplate(Source text, Placement placement, Limits limits) {
        return new Parser(Scanner.scanTemplate(text, limits), placement, limits).lone();
    }

    private Parsed file() {
        SourceRange whole = source.range(0, source.text().length());
        if (!scanned.complete()) {
            return new Parsed(new Body(List.of(), whole), List.copyOf(diagnostics));
        }
        List<Body.Item> items = new ArrayList<>();
        while (true) {
            items(items);
            if (tokens.at(Kind.END) || full()) {
                break;
            }
            report(
                    tokens.error(tokens.take(), "Argument or block definition required", braces.tooMany()),
                    tokens.mark());
        }
        checkNames(items);
        return new Parsed(
                new Body(items, whole),
                Braces.withoutConsequences(
                        diagnostics.stream().sorted(Diagnostic.ORDER).toList()));
    }

    private ParsedExpression lone() {
        Optional<Expression> expression = Optional.empty();
        if (diagnostics.isEmpty()) {
            tokens.newlines(false);
            try {
                Expression parsed = expressions.expression();
                tokens.expect(Kind.END, "Extra characters after expression", "An expression was complete before this.");
                expression = Optional.of(parsed);
            } catch (SyntaxException e) {
                diagnostics.add(e.diagnostic());
            }
        }
        return new ParsedExpression(expression, List.copyOf(diagnostics));
    }

    private boolean full() {
        return diagnostics.size() >= limits.errorsPerFile();
    }

    /// Reads items up to a closing brace, the end, or too many errors.
    private void items(List<Body.Item> items) {
        tokens.skipNewlines();
        while (!tokens.at(Kind.CLOSE_BRACE) && !tokens.at(Kind.END) && !full()) {
            int mark = tokens.mark();
            try {
                items.add(item());
            } catch (SyntaxException e) {
                report(e, mark);
                tokens.recover(mark);
            }
            tokens.skipNewlines();
        }
    }

    /// Says nothing where the scanner has complained about the same item already.
    private void report(SyntaxException e, int mark) {
        SourceRange place = e.diagnostic().subject().orElseThrow();
        int from = tokens.start(mark);
        boolean known = scanned.diagnostics().stream()
                .flatMap(d -> d.subject().stream())
                .anyMatch(r -> r.from() >= Math.min(from, place.from()) && r.from() <= place.to());
        if (!known) {
            diagnostics.add(e.diagnostic());
        }
    }

    private Body.Item item() {
        Token name = tokens.expect(
                Kind.IDENTIFIER,
                "Argument or block definition required",
                tokens.at(Kind.MINUS)
                        ? "A list is written in brackets: name = [\"a\", \"b\"]."
                        : "An argument (name = value) or a block (name { … }) is expected here.");
        if (tokens.at(Kind.ASSIGN)) {
            Body.Attribute attribute = attribute(name);
            endOfItem("Missing newline after argument", behindArgument());
            return attribute;
        }
        if (tokens.at(Kind.COLON)) {
            throw tokens.error(
                    tokens.peek(),
                    "Invalid argument name",
                    "An argument is written with an equals sign: name = value.");
        }
        Body.Block block = block(name);
        endOfItem("Missing newline after block definition", "A block definition must end with a newline.");
        return block;
    }

    /// What to do about what stands behind an argument.
    private String behindArgument() {
        Token token = tokens.peek();
        return switch (token.kind()) {
            case COMMA -> "Arguments are separated by newlines, without a comma.";
            case ASSIGN -> "Each argument has one value. To compare two, write ==.";
            case IDENTIFIER ->
                switch (tokens.text(token)) {
                    case "and" -> "Write && for \"and\".";
                    case "or" -> "Write || for \"or\".";
                    case "not" -> "Write ! for \"not\".";
                    case "is" -> "To compare two values, write ==.";
                    default -> "Each argument must be on its own line.";
                };
            default -> "Each argument must be on its own line.";
        };
    }

    private void endOfItem(String summary, String detail) {
        if (!tokens.at(Kind.END)) {
            tokens.expect(Kind.NEWLINE, summary, detail);
        }
    }

    private Body.Attribute attribute(Token name) {
        tokens.take();
        Expression value = expressions.expression();
        return new Body.Attribute(
                tokens.text(name), tokens.range(name), value, tokens.range(name).to(value.range()));
    }

    private Body.Block block(Token type) {
        List<Body.Label> labels = new ArrayList<>();
        while (!tokens.at(Kind.OPEN_BRACE) && !atMisplacedBrace()) {
            labels.add(label(type));
        }
        SourceRange header = tokens.range(type.from(), tokens.last().to());
        if (atMisplacedBrace()) {
            tokens.skipNewlines();
            add(
                    tokens.range(tokens.peek()),
                    "Invalid block definition",
                    "The opening brace of a block must stand on the line of its header: " + header.text() + " {");
        }
        Token open = tokens.take();
        List<Body.Item> items = new ArrayList<>();
        if (tokens.at(Kind.NEWLINE) || tokens.at(Kind.END)) {
            tokens.enter();
            items(items);
            tokens.leave();
        } else if (!tokens.at(Kind.CLOSE_BRACE)) {
            items.add(single());
        }
        if (!tokens.at(Kind.CLOSE_BRACE) && full()) {
            throw new SyntaxException(diagnostics.getLast());
        }
        if (tokens.at(Kind.END)) {
            throw tokens.error(open, Braces.UNCLOSED, braces.unclosed(open));
        }
        Token close = tokens.expect(open, Kind.CLOSE_BRACE);
        braces.closed(type, header, close);
        checkNames(items);
        SourceRange whole = tokens.range(open.from(), close.to());
        return new Body.Block(
                tokens.text(type),
                tokens.range(type),
                List.copyOf(labels),
                new Body(items, whole),
                header,
                tokens.range(type.from(), close.to()));
    }

    private boolean atMisplacedBrace() {
        return tokens.at(Kind.NEWLINE) && tokens.atAfterNewlines(Kind.OPEN_BRACE);
    }

    private Body.Label label(Token type) {
        Token token = tokens.peek();
        if (token.kind() == Kind.IDENTIFIER) {
            tokens.take();
            return new Body.Label(tokens.text(token), tokens.range(token));
        }
        if (token.kind() == Kind.OPEN_QUOTE) {
            return expressions.label();
        }
        if (token.kind() == Kind.NUMBER || token.kind() == Kind.OPEN_BRACKET) {
            throw tokens.error(
                    token,
                    "Invalid block definition",
                    "An equals sign is missing before this: " + tokens.text(type) + " = …");
        }
        String words = "Either a quoted label or an opening brace ({) is expected here, or an equals sign after \""
                + tokens.text(type) + "\" if it is meant as an argument.";
        throw tokens.error(token, "Invalid block definition", words);
    }

    private Body.Item single() {
        Token name = tokens.expect(
                Kind.IDENTIFIER,
                "Invalid single-line block definition",
                "A single-line block holds one argument, or nothing.");
        if (!tokens.at(Kind.ASSIGN)) {
            throw tokens.error(
                    name,
                    "Invalid single-line block definition",
                    "A single-line block holds one argument only. Put a nested block on lines of its own.");
        }
        Body.Attribute attribute = attribute(name);
        if (tokens.at(Kind.COMMA)) {
            throw tokens.error(
                    tokens.peek(),
                    "Invalid single-line block definition",
                    "Only one argument is allowed in a single-line block. Put each argument on its own line.");
        }
        if (!tokens.at(Kind.CLOSE_BRACE)) {
            throw tokens.error(
                    tokens.peek(),
                    "Invalid single-line block definition",
                    "The closing brace of a single-line block must be on the same line, right after its argument.");
        }
        return attribute;
    }

    private void checkNames(List<Body.Item> items) {
        if (items.size() < 2) {
            return;
        }
        Map<String, SourceRange> attributes = new HashMap<>();
        for (Body.Item item : items) {
            if (item instanceof Body.Attribute attribute) {
                SourceRange first = attributes.putIfAbsent(attribute.name(), attribute.nameRange());
                if (first != null) {
                    add(
                            attribute.nameRange(),
                            "Attribute redefined",
                            "The argument \"" + attribute.name() + "\" was already set at " + first.place()
                                    + ". Each argument may be set only once.");
                }
            }
        }
        for (Body.Item item : items) {
            if (item instanceof Body.Block block && attributes.containsKey(block.type())) {
                SourceRange first = attributes.get(block.type());
                add(
                        block.typeRange(),
                        "Invalid block definition",
                        "The name \"" + block.type() + "\" was already used for an argument at " + first.place() + ".");
            }
        }
    }

    private void add(SourceRange range, String summary, String detail) {
        if (!full()) {
            diagnostics.add(Diagnostic.error(range, summary, detail));
        }
    }
}
