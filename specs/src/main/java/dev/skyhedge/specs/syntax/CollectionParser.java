package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.Token.Kind;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what stands in brackets and braces: tuples, objects and `for`.
final class CollectionParser {
    private final TokenCursor tokens;
    private final ExpressionParser expressions;

    CollectionParser(TokenCursor tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression tuple() {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        if (tokens.atWord("for")) {
            return forExpression(open, Kind.CLOSE_BRACKET, before);
        }
        List<Expression> elements = new ArrayList<>();
        int tallest = 0;
        while (!tokens.at(Kind.CLOSE_BRACKET)) {
            elements.add(expressions.expression());
            tallest = Math.max(tallest, expressions.height());
            if (!tokens.accept(Kind.COMMA)) {
                break;
            }
        }
        Token close = closing(
                open,
                Kind.CLOSE_BRACKET,
                "Missing item separator",
                tokens.onNewLine()
                        ? "Expected a comma to separate the items, or before it a \"]\" to close the \"[\" at "
                                + tokens.range(open).place() + "."
                        : "Expected a comma to separate the items.");
        tokens.newlines(before);
        expressions.grow(tallest);
        return new Expression.Tuple(List.copyOf(elements), tokens.range(open.from(), close.to()));
    }

    private Token closing(Token open, Kind close, String summary, String detail) {
        if (!tokens.at(close) && !tokens.at(Kind.END)) {
            throw tokens.error(tokens.peek(), summary, detail);
        }
        return tokens.expect(open, close);
    }

    Expression object() {
        Token open = tokens.take();
        boolean before = tokens.newlines(true);
        tokens.skipNewlines();
        if (tokens.atWord("for")) {
            tokens.newlines(false);
            return forExpression(open, Kind.CLOSE_BRACE, before);
        }
        List<Expression.Item> items = new ArrayList<>();
        int tallest = 0;
        while (!tokens.at(Kind.CLOSE_BRACE)) {
            items.add(item(open));
            tallest = Math.max(tallest, expressions.height());
            if (!tokens.at(Kind.NEWLINE) && !tokens.at(Kind.COMMA)) {
                break;
            }
            tokens.accept(Kind.COMMA);
            tokens.skipNewlines();
        }
        Token close = closing(
                open,
                Kind.CLOSE_BRACE,
                "Missing attribute separator",
                "Expected a newline or a comma to mark the beginning of the next attribute.");
        tokens.newlines(before);
        expressions.grow(tallest);
        return new Expression.ObjectOf(List.copyOf(items), tokens.range(open.from(), close.to()));
    }

    private Expression.Item item(Token open) {
        if (tokens.at(Kind.END)) {
            tokens.expect(open, Kind.CLOSE_BRACE);
        }
        Expression key = key();
        int tallest = expressions.height();
        if (!tokens.accept(Kind.ASSIGN) && !tokens.accept(Kind.COLON)) {
            throw tokens.error(
                    tokens.peek(), "Missing attribute value", "Expected an equals sign and a value for the attribute.");
        }
        Expression value = expressions.expression();
        expressions.height(Math.max(tallest, expressions.height()));
        return new Expression.Item(key, value);
    }

    private Expression key() {
        Kind second = tokens.peekSecond().kind();
        if (tokens.at(Kind.IDENTIFIER) && (second == Kind.ASSIGN || second == Kind.COLON)) {
            Token name = tokens.take();
            expressions.height(1);
            return new Expression.Literal(Value.of(tokens.text(name)), tokens.range(name));
        }
        Expression key = expressions.expression();
        if (key instanceof Expression.Attribute || key instanceof Expression.Index) {
            throw tokens.error(
                    key.range(),
                    "Ambiguous attribute key",
                    "To use the value of this expression as a key, write it in parentheses.");
        }
        return key;
    }

    private Expression forExpression(Token open, Kind close, boolean before) {
        tokens.take();
        ForIntroduction introduction = introduction();
        int tallest = expressions.height();
        tokens.expect(Kind.COLON, "Invalid 'for' expression", "A colon is required after the collection.");
        Expression first = expressions.expression();
        tallest = Math.max(tallest, expressions.height());
        Optional<Expression> key = Optional.empty();
        boolean grouping = false;
        if (close == Kind.CLOSE_BRACE) {
            tokens.expect(
                    Kind.ARROW,
                    "Invalid 'for' expression",
                    "A for expression in braces makes an object and needs a key: { for k, v in c : k => v }.");
            key = Optional.of(first);
            first = expressions.expression();
            tallest = Math.max(tallest, expressions.height());
            grouping = tokens.accept(Kind.ELLIPSIS);
        }
        Optional<Expression> condition = Optional.empty();
        if (tokens.atWord("if")) {
            tokens.take();
            condition = Optional.of(expressions.expression());
            tallest = Math.max(tallest, expressions.height());
        }
        Token end =
                closing(open, close, "Invalid 'for' expression", "Extra characters after the end of the expression.");
        tokens.newlines(before);
        expressions.grow(tallest);
        return new Expression.For(
                introduction.keyName(),
                introduction.valueName(),
                introduction.collection(),
                key,
                first,
                condition,
                grouping,
                tokens.range(open.from(), end.to()));
    }

    /// `k, v in collection`.
    record ForIntroduction(Optional<String> keyName, String valueName, Expression collection) {}

    ForIntroduction introduction() {
        String detail = "A for needs one or two names and a collection: for v in c, for k, v in c.";
        String first = tokens.text(tokens.expect(Kind.IDENTIFIER, "Invalid 'for' expression", detail));
        Optional<String> second = Optional.empty();
        if (tokens.accept(Kind.COMMA)) {
            second = Optional.of(tokens.text(tokens.expect(Kind.IDENTIFIER, "Invalid 'for' expression", detail)));
        }
        if (!tokens.atWord("in")) {
            throw tokens.error(tokens.peek(), "Invalid 'for' expression", detail);
        }
        tokens.take();
        Expression collection = expressions.expression();
        return second.map(value -> new ForIntroduction(Optional.of(first), value, collection))
                .orElse(new ForIntroduction(Optional.empty(), first, collection));
    }
}
