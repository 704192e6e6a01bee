package dev.skyhedge.balancer.continuation;

import java.io.ByteArrayOutputStream;

/// Joins what another replica says to what the client has: what it has is left out, and the rest is told as the first
/// replica told it. Not thread-safe.
final class Joint {
    private final CompletionRequest request;
    private final Transcript transcript;
    private final Leg leg;
    private final Chunk first;
    private int tokens;
    private int text;

    /// What an event of the replica was.
    enum Found {
        /// A part of the answer.
        FITS,
        /// Not what was said before.
        DIFFERS,
        /// A part of the answer that nobody could go on with.
        IS_LAST,
        /// Nothing that belongs to the answer.
        STRANGE
    }

    /// @param first the event with which the answer began
    Joint(CompletionRequest request, Transcript transcript, Leg leg, Chunk first) {
        this.request = request;
        this.transcript = transcript;
        this.leg = leg;
        this.first = first;
    }

    /// @param out gets what the client does not have
    Found take(Chunk chunk, ByteArrayOutputStream out) {
        if (chunk.isRoleAlone()) {
            return Found.FITS;
        }
        if (chunk.hasToolCall()) {
            chunk.speakAs(first);
            chunk.stripTokenIds();
            out.writeBytes(chunk.event());
            return Found.IS_LAST;
        }
        return chunk.hasReasoning() ? Found.STRANGE : join(chunk, out);
    }

    private Found join(Chunk chunk, ByteArrayOutputStream out) {
        int told = transcript.tokens.size();
        String part = chunk.text();
        int from = leg.text() + text;
        int known = Math.clamp(transcript.text.length() - from, 0, part.length());
        if (!isAsBefore(chunk, part, from, known)) {
            return Found.DIFFERS;
        }
        text += part.length();
        String more = part.substring(known);
        transcript.text.append(more);
        if (from + part.length() == transcript.text.length()) {
            transcript.seamAfter(chunk, request.hasStops());
        }
        boolean newTokens = transcript.tokens.size() > told || leg.kind() == Leg.Kind.TEXT;
        if (!more.isEmpty() || newTokens || chunk.finish().isPresent()) {
            tell(chunk, more, told, out);
        }
        return Found.FITS;
    }

    /// Whether what the client has is what this replica says, too. After text alone there is nothing to compare.
    private boolean isAsBefore(Chunk chunk, String part, int from, int known) {
        if (leg.kind() == Leg.Kind.TEXT) {
            transcript.count(chunk);
            return true;
        }
        boolean sameText =
                known == 0 || transcript.text.substring(from, from + known).equals(part.substring(0, known));
        int at = leg.tokens() + tokens;
        tokens += chunk.tokenIds().map(ids -> ids.size()).orElse(0);
        return sameText
                && chunk.tokenIds().map(ids -> transcript.takeTokens(ids, at)).orElse(true);
    }

    private void tell(Chunk chunk, String more, int told, ByteArrayOutputStream out) {
        Chunk shape = transcript.shape();
        Chunk next = (shape == null ? chunk : shape).retold(chunk, more);
        next.speakAs(first);
        transcript.begin(next);
        count(next);
        if (request.asksForTokenIds()) {
            next.tokenIds(transcript.tokens, told);
        }
        out.writeBytes(next.event());
    }

    /// The usage of this replica as that of the whole answer.
    Chunk usage(Chunk chunk) {
        chunk.speakAs(first);
        count(chunk);
        return chunk;
    }

    private void count(Chunk chunk) {
        int generated = chunk.usage().path("completion_tokens").asInt();
        int prompt = chunk.usage().path("prompt_tokens").asInt();
        int before = transcript.prompt.size() > 0 ? transcript.prompt.size() : Math.max(0, prompt - leg.tokens());
        chunk.count(leg.kind() == Leg.Kind.REQUEST ? prompt : before, leg.tokens() + generated);
    }
}
