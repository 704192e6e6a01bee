package dev.skyhedge.balancer.continuation;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/// What is known of an answer so far: its tokens, and the text that the client has. Not thread-safe.
///
/// Tokens run ahead of text: half a character is not told, and nothing that may begin a stop string. The seam is the
/// last place where both are known to be at the same point: after an event with text and one token, as long as there
/// are no stop strings.
final class Transcript {
    private static final int BYTES_OF_TOKEN = Integer.BYTES;

    final TokenIds prompt = new TokenIds();
    final TokenIds tokens = new TokenIds();
    final StringBuilder text = new StringBuilder();
    private int seamTokens;
    private int seamText;
    private int counted;
    private boolean tokensUnknown;
    private boolean reasons;
    private @Nullable Chunk head;
    private @Nullable Chunk shape;

    /// The first event of all, for who speaks.
    @Nullable
    Chunk head() {
        return head;
    }

    /// An event with text.
    @Nullable
    Chunk shape() {
        return shape;
    }

    /// Takes note of who speaks and how, and of the prompt.
    void begin(Chunk chunk) {
        if (head == null) {
            head = new Chunk(chunk.json().deepCopy());
            head.stripTokenIds();
        }
        if (shape == null && !chunk.text().isEmpty() && chunk.finish().isEmpty()) {
            shape = new Chunk(chunk.json().deepCopy());
            shape.stripTokenIds();
        }
        chunk.promptTokenIds().filter(ids -> prompt.size() == 0).ifPresent(prompt::addAll);
        reasons |= chunk.hasReasoning();
    }

    boolean knowsTokens() {
        return !tokensUnknown && prompt.size() > 0;
    }

    /// From now on tokens are not known: the engine does not tell them, or read the text as others.
    void forgetTokens() {
        counted = Math.max(counted, tokens.size());
        tokensUnknown = true;
    }

    boolean reasons() {
        return reasons;
    }

    /// Tokens of the answer; where an engine does not tell them, an event with text counts as one.
    int generated() {
        return tokensUnknown ? counted : tokens.size();
    }

    /// Counts an event whose tokens are new, whichever they are.
    void count(Chunk chunk) {
        counted += chunk.tokenIds().map(JsonNode::size).orElse(chunk.text().isEmpty() ? 0 : 1);
    }

    /// Whether tokens that an engine tells again are the ones of before; new ones are added.
    ///
    /// @param at place of the first
    boolean takeTokens(JsonNode ids, int at) {
        int place = at;
        for (JsonNode id : ids) {
            if (place < tokens.size() && tokens.get(place) != id.intValue()) {
                return false;
            }
            if (place >= tokens.size()) {
                tokens.add(id.intValue());
            }
            place++;
        }
        return true;
    }

    /// Text and tokens are at the same point after an event that says so.
    ///
    /// @param stops whether text is held back for stop strings
    void seamAfter(Chunk chunk, boolean stops) {
        boolean one = chunk.tokenIds().filter(ids -> ids.size() == 1).isPresent();
        if (one && !chunk.text().isEmpty() && !stops && knowsTokens()) {
            seamTokens = tokens.size();
            seamText = text.length();
        }
    }

    int seamTokens() {
        return seamTokens;
    }

    int seamText() {
        return seamText;
    }

    /// Whether the client has nothing that the tokens at the seam do not say.
    boolean endsAtSeam() {
        return seamText == text.length();
    }

    /// Forgets the tokens after the seam: they will be drawn anew.
    void backToSeam() {
        tokens.truncate(seamTokens);
    }

    int bytes() {
        return text.length() * Character.BYTES + (prompt.size() + tokens.size()) * BYTES_OF_TOKEN;
    }
}
