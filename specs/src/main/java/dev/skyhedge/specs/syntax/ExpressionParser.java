package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Token.Kind;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads expressions: Pratt's top-down operator precedence for operators, recursive descent for the rest.
/// Keeps the
/// height of every tree within the limit, so that whoever walks one recursively is safe.
final class ExpressionParser {
    private static final int LOOSEST = 1;

    private final TokenCursor tokens;
    private final TemplateParser templates;
    /// Height of the tree returned last.
    private int height;

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
        this.templates = new TemplateParser(tokens, this);
    }

    Expression expression() {
        tokens.enter();
        Expression condition = binary(LOOSEST);
        int tallest = height;
        if (tokens.accept(Kind.QUESTION)) {
            Expression yes = expression();
            tallest = Math.max(tallest, height);
            tokens.expect(
                    Kind.COLON,
                    "Missing false expression in conditional",
                    "The conditional operator needs a value for the false case: condition ? yes : no.");
            Expression no = expression();
            tallest = Math.max(tallest, height);
            condition = new Expression.Conditional(
                    condition, yes, no, condition.range().to(no.range()));
            grow(tallest);
        }
        tokens.leave();
        return condition;
    }

    /// Height of the last expression, for whoever puts it into another.
    int height() {
        return height;
    }

    /// Notes the height of a node above trees of that height.
    void grow(int tallest) {
        height = tallest + 1;
        if (height > tokens.limits().expressionDepth()) {
            throw tokens.tooDeep();
        }
    }

    private Expression binary(int loosest) {
        Expression left = unary();
        int tallest = height;
        Optional<BinaryOperator> operator = BinaryOperator.of(tokens.peek().kind());
        while (operator.isPresent() && operator.get().power() >= loosest) {
            tokens.take();
            Expression right = binary(operator.get().power() + 1);
            grow(Math.max(tallest, height));
            tallest = height;
            left = new Expression.Binary(
                    operator.get(), left, right, left.range().to(right.range()));
            operator = BinaryOperator.of(tokens.peek().kind());
        }
        height = tallest;
        return left;
    }

    private Expression unary() {
        Token token = tokens.peek();
        if (token.kind() != Kind.MINUS && token.kind() != Kind.NOT) {
            return postfix();
        }
        tokens.enter();
        tokens.take();
        Expression operand = unary();
        grow(height);
        tokens.leave();
        UnaryOperator operator = token.kind() == Kind.MINUS ? UnaryOperator.NEGATE : UnaryOperator.NOT;
        return new Expression.Unary(operator, operand, tokens.range(token).to(operand.range()));
    }

    private Expression postfix() {
        return traversal(primary());
    }

    /// Takes everything that follows an expression without a space's meaning: attributes, indexes, splats.
    private Expression traversal(Expression start) {
        Expression source = start;
        while (true) {
            if (tokens.at(Kind.DOT)) {
                source = afterDot(source);
            } else if (tokens.at(Kind.OPEN_BRACKET)) {
                source = index(source);
            } else {
                return source;
            }
        }
    }

    private Expression afterDot(Expression source) {
        Token dot = tokens.take();
        Token token = tokens.peek();
        if (token.kind() == Kind.IDENTIFIER) {
            return attribute(source);
        }
        if (token.kind() == Kind.NUMBER) {
            return legacyIndex(source);
        }
        if (tokens.accept(Kind.STAR)) {
            Expression each = new Expression.Element(tokens.range(token));
            int below = height;
            height = 1;
            while (tokens.at(Kind.DOT) && tokens.peekSecond().kind() == Kind.IDENTIFIER) {
                tokens.take();
                each = attribute(each);
            }
            grow(Math.max(below, height));
            return new Expression.Splat(source, each, to(source));
        }
        throw tokens.error(dot, "Invalid attribute name", "An attribute name is required after a dot.");
    }

    private Expression attribute(Expression source) {
        Token name = tokens.take();
        grow(height);
        return new Expression.Attribute(source, tokens.text(name), tokens.range(name), to(source));
    }

    /// `.0`, and `.0.1`, which scans as one number.
    private Expression legacyIndex(Expression source) {
        Token token = tokens.take();
        Expression indexed = source;
        for (String digits : tokens.text(token).split("\\.", -1)) {
            if (digits.length() > 9 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                throw tokens.error(token, "Invalid legacy index syntax", "An index after a dot is a whole number.");
            }
            grow(height);
            Expression key = new Expression.Literal(Value.of(Integer.parseInt(digits)), tokens.range(token));
            indexed = new Expression.Index(indexed, key, to(source));
        }
        return indexed;
    }

    private Expression index(Expression source) {
        Token open = tokens.take();
        int below = height;
        boolean before = tokens.newlines(false);
        if (tokens.at(Kind.STAR) && tokens.peekSecond().kind() == Kind.CLOSE_BRACKET) {
            Token star = tokens.take();
            tokens.take();
            tokens.newlines(before);
            height = 1;
            tokens.enter();
            Expression each = traversal(new Expression.Element(tokens.range(star)));
            tokens.leave();
            grow(Math.max(below, height));
            return new Expression.Splat(source, each, to(source));
        }
        Expression key = expression();
        tokens.expect(open, Kind.CLOSE_BRACKET);
        tokens.newlines(before);
        grow(Math.max(below, height));
        return new Expression.Index(source, key, to(source));
    }

    private SourceRange to(Expression source) {
        return source.range().to(tokens.range(tokens.last()));
    }

    private Expression primary() {
        Token token = tokens.peek();
        height = 1;
        return switch (token.kind()) {
            case NUMBER -> number(tokens.take());
            case IDENTIFIER -> name();
            case OPEN_QUOTE -> templates.quoted();
            case OPEN_HEREDOC -> templates.heredoc();
            case OPEN_PAREN -> parenthesised();
            case OPEN_BRACKET -> tuple();
            case OPEN_BRACE -> object();
            case NEWLINE, END ->
                throw tokens.error(
                        token,
                        "Missing expression",
                        "Expected the start of an expression, but found "
                                + token.kind().words() + ".");
            default ->
                throw tokens.error(
                        token,
                        "Invalid expression",
                        "Expected the start of an expression, but found \"" + tokens.text(token) + "\".");
        };
    }

    private Expression number(Token token) {
        BigDecimal number = NumberText.parse(tokens.text(token))
                .orElseThrow(() -> tokens.error(
                        token,
                        "Limit exceeded",
                        "A number may have " + tokens.limits().numberDigits() + " digits and an exponent of "
                                + tokens.limits().numberExponent() + " at most."));
        return new Expression.Literal(Value.of(number), tokens.range(token));
    }

    private Expression name() {
        Token token = tokens.take();
        String name = tokens.text(token);
        if (tokens.at(Kind.OPEN_PAREN)) {
            return call(token);
        }
        return switch (name) {
            case "true" -> new Expression.Literal(Value.of(true), tokens.range(token));
            case "false" -> new Expression.Literal(Value.of(false), tokens.range(token));
            case "null" -> new Expression.Literal(Value.nothing(), tokens.range(token));
            default -> new Expression.Name(name, tokens.range(token));
        };
    }

    private Expression call(Token name) {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        List<Expression> arguments = new ArrayList<>();
        boolean expanded = false;
        int tallest = 0;
        while (!tokens.at(Kind.CLOSE_PAREN)) {
            arguments.add(expression());
            tallest = Math.max(tallest, height);
            if (tokens.accept(Kind.ELLIPSIS)) {
                expanded = true;
                tokens.accept(Kind.COMMA);
                break;
            }
            if (!tokens.accept(Kind.COMMA)) {
                break;
            }
        }
        Token close = tokens.expect(open, Kind.CLOSE_PAREN);
        tokens.newlines(before);
        grow(tallest);
        return new Expression.Call(
                tokens.text(name),
                tokens.range(name),
                List.copyOf(arguments),
                expanded,
                tokens.range(name.from(), close.to()));
    }

    private Expression parenthesised() {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        Expression inner = expression();
        Token close = tokens.expect(open, Kind.CLOSE_PAREN);
        tokens.newlines(before);
        grow(height);
        return new Expression.Parenthesised(inner, tokens.range(open.from(), close.to()));
    }

    private Expression tuple() {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        if (tokens.atWord("for")) {
            return forExpression(open, Kind.CLOSE_BRACKET, before);
        }
        List<Expression> elements = new ArrayList<>();
        int tallest = 0;
        while (!tokens.at(Kind.CLOSE_BRACKET)) {
            elements.add(expression());
            tallest = Math.max(tallest, height);
            if (!tokens.accept(Kind.COMMA)) {
                break;
            }
        }
        Token close =
                closing(open, Kind.CLOSE_BRACKET, "Missing item separator", "Expected a comma to separate the items.");
        tokens.newlines(before);
        grow(tallest);
        return new Expression.Tuple(List.copyOf(elements), tokens.range(open.from(), close.to()));
    }

    private Token closing(Token open, Kind close, String summary, String detail) {
        if (!tokens.at(close) && !tokens.at(Kind.END)) {
            throw tokens.error(tokens.peek(), summary, detail);
        }
        return tokens.expect(open, close);
    }

    private Expression object() {
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
            tallest = Math.max(tallest, height);
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
        grow(tallest);
        return new Expression.ObjectOf(List.copyOf(items), tokens.range(open.from(), close.to()));
    }

    private Expression.Item item(Token open) {
        if (tokens.at(Kind.END)) {
            tokens.expect(open, Kind.CLOSE_BRACE);
        }
        Expression key = key();
        int tallest = height;
        if (!tokens.accept(Kind.ASSIGN) && !tokens.accept(Kind.COLON)) {
            throw tokens.error(
                    tokens.peek(), "Missing attribute value", "Expected an equals sign and a value for the attribute.");
        }
        Expression value = expression();
        height = Math.max(tallest, height);
        return new Expression.Item(key, value);
    }

    private Expression key() {
        Kind second = tokens.peekSecond().kind();
        if (tokens.at(Kind.IDENTIFIER) && (second == Kind.ASSIGN || second == Kind.COLON)) {
            Token name = tokens.take();
            height = 1;
            return new Expression.Literal(Value.of(tokens.text(name)), tokens.range(name));
        }
        Expression key = expression();
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
        int tallest = height;
        tokens.expect(Kind.COLON, "Invalid 'for' expression", "A colon is required after the collection.");
        Expression first = expression();
        tallest = Math.max(tallest, height);
        Optional<Expression> key = Optional.empty();
        boolean grouping = false;
        if (close == Kind.CLOSE_BRACE) {
            tokens.expect(
                    Kind.ARROW,
                    "Invalid 'for' expression",
                    "A for expression in braces makes an object and needs a key: { for k, v in c : k => v }.");
            key = Optional.of(first);
            first = expression();
            tallest = Math.max(tallest, height);
            grouping = tokens.accept(Kind.ELLIPSIS);
        }
        Optional<Expression> condition = Optional.empty();
        if (tokens.atWord("if")) {
            tokens.take();
            condition = Optional.of(expression());
            tallest = Math.max(tallest, height);
        }
        Token end =
                closing(open, close, "Invalid 'for' expression", "Extra characters after the end of the expression.");
        tokens.newlines(before);
        grow(tallest);
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
        Expression collection = expression();
        return second.map(value -> new ForIntroduction(Optional.of(first), value, collection))
                .orElse(new ForIntroduction(Optional.empty(), first, collection));
    }

    Body.Label label() {
        return templates.label();
    }
}
