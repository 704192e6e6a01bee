package dev.skyhedge.specs.format;

import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.syntax.Body;
import dev.skyhedge.specs.syntax.Token;
import dev.skyhedge.specs.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The two changes that are more than space: bare labels get quotes, and a quoted template that is nothing but
/// one interpolation becomes the expression in it, which means the same.
final class Rewriting {
    private static final int UNWRAPPED = 2;

    private final Source source;
    private final List<Token> tokens;
    private final Set<Integer> labels = new HashSet<>();
    private final Set<Integer> dropped = new HashSet<>();

    Rewriting(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    List<Piece> pieces(Body body) {
        visit(body);
        List<Piece> pieces = new ArrayList<>(tokens.size());
        for (Token token : tokens) {
            if (!dropped.contains(token.from()) || token.kind() == Kind.END) {
                String text = source.text().substring(token.from(), token.to());
                pieces.add(new Piece(token.kind(), labels.contains(token.from()) ? '"' + text + '"' : text));
            }
        }
        return pieces;
    }

    private void visit(Body body) {
        for (Body.Item item : body.items()) {
            switch (item) {
                case Body.Attribute attribute ->
                    unwrap(index(attribute.expression().range().from()), endOf(attribute));
                case Body.Block block -> {
                    block.labels().forEach(label -> label(label.range().from()));
                    visit(block.body());
                }
            }
        }
    }

    private void label(int from) {
        if (source.text().charAt(from) != '"') {
            labels.add(from);
        }
    }

    private int endOf(Body.Attribute attribute) {
        return index(attribute.expression().range().to() - 1);
    }

    /// Index of the token that holds the character.
    private int index(int character) {
        int low = 0;
        int high = tokens.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (tokens.get(middle).from() <= character) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private void unwrap(int first, int last) {
        int from = first;
        int to = last;
        while (isWrapped(from, to)) {
            for (int i = 0; i < UNWRAPPED; i++) {
                dropped.add(tokens.get(from + i).from());
                dropped.add(tokens.get(to - i).from());
            }
            from += UNWRAPPED;
            to -= UNWRAPPED;
        }
    }

    /// Whether the tokens are a quote, one interpolation and a quote, all on one line.
    private boolean isWrapped(int from, int to) {
        if (to - from < 2 * UNWRAPPED
                || kind(from) != Kind.OPEN_QUOTE
                || kind(from + 1) != Kind.OPEN_INTERPOLATION
                || kind(to - 1) != Kind.CLOSE_TEMPLATE
                || kind(to) != Kind.CLOSE_QUOTE) {
            return false;
        }
        int open = 0;
        for (int i = from + 1; i < to; i++) {
            boolean breaks = kind(i) == Kind.NEWLINE || kind(i) == Kind.COMMENT || kind(i) == Kind.OPEN_HEREDOC;
            open += kind(i).opens();
            if (breaks || (open == 0 && i < to - 1)) {
                return false;
            }
        }
        return true;
    }

    private Kind kind(int index) {
        return tokens.get(index).kind();
    }
}
