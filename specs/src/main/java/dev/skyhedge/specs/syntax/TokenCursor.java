package dev.skyhedge.specs.syntax;

import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/// Where the parser is in the tokens, and whether newlines mean something there. Comments are never seen.
final class TokenCursor {
    private final Source source;
    private final Token[] tokens;
    private final Limits limits;
    private final Placement placement;
    private Token last = new Token(Kind.END, 0, 0);
    private boolean newlines = true;
    private int next;
    private int depth;

    TokenCursor(Scanned scanned, Placement placement, Limits limits) {
        this.placement = placement;
        this.source = scanned.source();
        this.tokens = withoutComments(scanned.tokens());
        this.limits = limits;
    }

    private static Token[] withoutComments(List<Token> all) {
        Token[] tokens = new Token[all.size()];
        int count = 0;
        for (Token token : all) {
            if (token.kind() != Kind.COMMENT) {
                tokens[count++] = token;
            }
        }
        return Arrays.copyOf(tokens, count);
    }

    /// The next token that means something here.
    Token peek() {
        if (!newlines) {
            while (tokens[next].kind() == Kind.NEWLINE) {
                next++;
            }
        }
        return tokens[next];
    }

    /// The token after that.
    Token peekSecond() {
        peek();
        int second = Math.min(next + 1, tokens.length - 1);
        while (!newlines && tokens[second].kind() == Kind.NEWLINE) {
            second++;
        }
        return tokens[second];
    }

    boolean at(Kind kind) {
        return peek().kind() == kind;
    }

    boolean atWord(String word) {
        return at(Kind.IDENTIFIER) && text(peek()).equals(word);
    }

    /// Takes the next token; the end stays.
    Token take() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            next++;
            last = token;
        }
        return token;
    }

    /// Takes the next token if it is of that kind.
    boolean accept(Kind kind) {
        boolean there = at(kind);
        if (there) {
            take();
        }
        return there;
    }

    Token expect(Kind kind, String summary, String detail) {
        if (!at(kind)) {
            throw error(peek(), summary, detail);
        }
        return take();
    }

    void skipNewlines() {
        while (tokens[next].kind() == Kind.NEWLINE) {
            next++;
        }
    }

    /// Says whether newlines are tokens from here on.
    ///
    /// @return what it was before, to be restored
    boolean newlines(boolean significant) {
        boolean before = newlines;
        newlines = significant;
        return before;
    }

    /// Goes one level down in the recursion.
    void enter() {
        if (++depth > limits.expressionDepth()) {
            throw tooDeep();
        }
    }

    void leave() {
        depth--;
    }

    SyntaxException tooDeep() {
        return error(
                peek(), "Limit exceeded", "An expression may be " + limits.expressionDepth() + " levels deep at most.");
    }

    SyntaxException error(Token token, String summary, String detail) {
        return error(range(token), summary, detail);
    }

    SyntaxException error(SourceRange range, String summary, String detail) {
        return new SyntaxException(Diagnostic.error(range, summary, detail));
    }

    Limits limits() {
        return limits;
    }

    String text(Token token) {
        return source.text().substring(token.from(), token.to());
    }

    SourceRange range(Token token) {
        return placement.range(token.from(), token.to());
    }

    SourceRange range(int from, int to) {
        return placement.range(from, to);
    }

    /// Index of the next token, to recover from.
    int mark() {
        return next;
    }

    /// The last token taken.
    Token last() {
        return last;
    }

    /// Whether what comes after newlines is of that kind.
    boolean atAfterNewlines(Kind kind) {
        int i = next;
        while (tokens[i].kind() == Kind.NEWLINE) {
            i++;
        }
        return tokens[i].kind() == kind;
    }

    /// Whether the next token stands on another line than the last one.
    boolean onNewLine() {
        return source.text().substring(last.to(), peek().from()).contains("\n");
    }

    /// How far the line is indented on which the token stands; nothing if it is not the first there.
    OptionalInt indentation(Token token) {
        int line = source.text().lastIndexOf('\n', token.from() - 1) + 1;
        return source.text().substring(line, token.from()).isBlank()
                ? OptionalInt.of(token.from() - line)
                : OptionalInt.empty();
    }

    /// Skips to the newline that ends the item that started at the mark, or to the brace that closes its body.
    void recover(int mark) {
        newlines = true;
        depth = 0;
        int open = 0;
        int i = mark;
        for (; tokens[i].kind() != Kind.END; i++) {
            open += tokens[i].kind().opens();
            boolean closesBody = open < 0 && tokens[i].kind() == Kind.CLOSE_BRACE;
            boolean endsItem = open <= 0 && tokens[i].kind() == Kind.NEWLINE;
            if (i >= next && (closesBody || endsItem)) {
                break;
            }
        }
        next = Math.max(i, next);
    }

    /// Where the token with that index starts in the text.
    int start(int index) {
        return tokens[index].from();
    }

    /// Takes the bracket that closes that one.
    Token expect(Token open, Kind close) {
        if (at(Kind.END)) {
            throw error(
                    open,
                    "Unbalanced brackets",
                    "There is no closing \"" + close.words() + "\" for this \""
                            + open.kind().words() + "\" before the end of the file.");
        }
        if (!at(close)) {
            throw error(
                    peek(),
                    "Missing closing bracket",
                    "A \"" + close.words() + "\" is expected here to close the \""
                            + open.kind().words() + "\" at " + range(open).place() + ".");
        }
        return take();
    }
}
