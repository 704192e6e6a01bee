package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.syntax.TemplatePiece.Text;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads quoted strings and heredocs.
final class TemplateParser {
    private final TokenCursor tokens;
    private final ExpressionParser expressions;

    TemplateParser(TokenCursor tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression quoted() {
        Token open = tokens.take();
        return template(open, Kind.CLOSE_QUOTE, false);
    }

    Expression heredoc() {
        Token open = tokens.take();
        return template(open, Kind.CLOSE_HEREDOC, tokens.text(open).startsWith("<<-"));
    }

    /// A quoted string that may not be a template.
    Body.Label label() {
        Token open = tokens.take();
        StringBuilder text = new StringBuilder();
        while (tokens.at(Kind.QUOTED_TEXT)) {
            text.append(StringEscapes.quoted(tokens, tokens.take()));
        }
        if (tokens.at(Kind.OPEN_INTERPOLATION) || tokens.at(Kind.OPEN_DIRECTIVE)) {
            throw tokens.error(
                    tokens.peek(), "Invalid label", "A label is plain text; template sequences are not allowed.");
        }
        Token close = tokens.expect(open, Kind.CLOSE_QUOTE);
        return new Body.Label(text.toString(), tokens.range(open.from(), close.to()));
    }

    private Expression template(Token open, Kind close, boolean flush) {
        List<TemplatePiece> pieces = new ArrayList<>();
        int tallest = 0;
        while (!tokens.at(close)) {
            Token token = tokens.peek();
            switch (token.kind()) {
                case QUOTED_TEXT -> pieces.add(new Text(StringEscapes.quoted(tokens, tokens.take())));
                case HEREDOC_TEXT -> pieces.add(new Text(StringEscapes.heredoc(tokens.text(tokens.take()))));
                case OPEN_INTERPOLATION -> pieces.add(interpolation());
                case OPEN_DIRECTIVE -> pieces.add(directive());
                default -> tokens.expect(open, close);
            }
            tallest = Math.max(tallest, expressions.height());
        }
        Token end = tokens.take();
        if (!flush && pieces.size() == 1 && pieces.getFirst() instanceof Text(String literal)) {
            expressions.grow(tallest);
            return new Expression.Template(
                    List.of(new Expression.Part.Text(literal)), tokens.range(open.from(), end.to()));
        }
        TemplateTree tree = new TemplateTree(tokens, pieces, flush);
        List<Expression.Part> parts = tree.parts();
        expressions.grow(tallest + tree.deepest());
        return new Expression.Template(parts, tokens.range(open.from(), end.to()));
    }

    private TemplatePiece interpolation() {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        Expression expression = expressions.expression();
        Token close = end(open, before);
        return new TemplatePiece.Interpolation(expression, stripsLeft(open), stripsRight(close));
    }

    private Token end(Token open, boolean before) {
        if (!tokens.at(Kind.CLOSE_TEMPLATE)) {
            throw tokens.error(
                    tokens.peek(),
                    "Extra characters after expression",
                    "Expected a closing brace to end the template sequence at "
                            + tokens.range(open).place() + ".");
        }
        Token close = tokens.take();
        tokens.newlines(before);
        return close;
    }

    private TemplatePiece directive() {
        Token open = tokens.take();
        boolean before = tokens.newlines(false);
        Token word = tokens.expect(
                Kind.IDENTIFIER, "Invalid template directive", "A directive is if, else, endif, for or endfor.");
        Optional<Expression> condition = Optional.empty();
        Optional<CollectionParser.ForIntroduction> loop = Optional.empty();
        switch (tokens.text(word)) {
            case "if" -> condition = Optional.of(expressions.expression());
            case "for" -> loop = Optional.of(expressions.introduction());
            case "else", "endif", "endfor" -> {}
            default ->
                throw tokens.error(
                        word,
                        "Invalid template directive",
                        "A directive is if, else, endif, for or endfor, not \"" + tokens.text(word) + "\".");
        }
        Token close = end(open, before);
        return new TemplatePiece.Directive(
                tokens.text(word),
                condition,
                loop,
                tokens.range(open.from(), close.to()),
                stripsLeft(open),
                stripsRight(close));
    }

    private boolean stripsLeft(Token open) {
        return tokens.text(open).endsWith("~");
    }

    private boolean stripsRight(Token close) {
        return tokens.text(close).startsWith("~");
    }
}
