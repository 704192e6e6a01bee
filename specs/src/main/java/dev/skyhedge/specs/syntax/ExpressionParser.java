package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Token.Kind;
import dev.skyhedge.specs.values.NumberText;
import dev.skyhedge.specs.values.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads expressions: Pratt's top-down operator precedence for operators, recursive descent for the rest. Keeps
/// the height of every tree within the limit, so that whoever walks one recursively is safe.
final class ExpressionParser {
    private static final int LOOSEST = 1;

    private final TokenCursor tokens;
    private final TemplateParser templates;
    private final CollectionParser collections;
    /// Height of the tree returned last.
    private int height;

    ExpressionParser(TokenCursor tokens) {
        this.tokens = tokens;
        this.templates = new TemplateParser(tokens, this);
        this.collections = new CollectionParser(tokens, this);
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

    /// Says how high the last expression is.
    void height(int of) {
        height = of;
    }

    /// `k, v in collection`.
    CollectionParser.ForIntroduction introduction() {
        return collections.introduction();
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
            while (tokens.at(Kind.DOT) && isStep(tokens.peekSecond().kind())) {
                tokens.take();
                each = tokens.at(Kind.NUMBER) ? legacyIndex(each) : attribute(each);
            }
            grow(Math.max(below, height));
            return new Expression.Splat(source, each, to(source));
        }
        throw tokens.error(dot, "Invalid attribute name", "An attribute name is required after a dot.");
    }

    private static boolean isStep(Kind kind) {
        return kind == Kind.IDENTIFIER || kind == Kind.NUMBER;
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
            case OPEN_BRACKET -> collections.tuple();
            case OPEN_BRACE -> collections.object();
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

    Body.Label label() {
        return templates.label();
    }
}
