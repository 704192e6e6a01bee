package dev.skyhedge.balancer.continuation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// How an answer ends that no replica ends. Pure.
///
/// @param usageTold whether the client has got the usage
record Endings(CompletionRequest request, Transcript transcript, boolean usageTold) {
    private static final byte[] DONE = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);

    /// Whether it has as many tokens as it may have, and the client has their text.
    boolean isAtLimit(Level level) {
        return request.maxTokens().isPresent()
                && transcript.generated() >= request.maxTokens().getAsInt()
                && transcript.shape() != null
                && !request.hasStops()
                && (transcript.endsAtSeam() || level == Level.TEXT);
    }

    /// It is as long as it may be.
    byte[] atLimit() {
        var out = new ByteArrayOutputStream();
        Chunk shape = transcript.shape();
        if (shape != null) {
            out.writeBytes(shape.atLimit().event());
        }
        out.writeBytes(whole());
        return out.toByteArray();
    }

    /// It was told why it ended: the usage, if it was asked for and is known, and the end.
    byte[] whole() {
        var out = new ByteArrayOutputStream();
        Chunk head = transcript.head();
        if (request.asksForUsage() && !usageTold && head != null && transcript.knowsTokens()) {
            int prompt = transcript.prompt.size();
            out.writeBytes(head.withUsageAlone(prompt, transcript.generated()).event());
        }
        out.writeBytes(DONE);
        return out.toByteArray();
    }

    /// It is not whole, and nobody goes on with it. No `[DONE]` follows.
    byte[] broken() {
        return ("data: {\"error\":{\"message\":\"The replica was lost before the answer was complete.\","
                        + "\"type\":\"replica_lost\",\"code\":\"stream_interrupted\",\"partial_tokens\":"
                        + transcript.generated() + "}}\n\n")
                .getBytes(StandardCharsets.US_ASCII);
    }
}
