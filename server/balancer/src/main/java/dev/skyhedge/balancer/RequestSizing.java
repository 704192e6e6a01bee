package dev.skyhedge.balancer;

import dev.skyhedge.balancer.SizeMeter.Estimate;
import dev.skyhedge.balancer.keys.AnswerTokens;
import dev.skyhedge.balancer.prompt.PromptReader;
import dev.skyhedge.balancer.prompt.RequestLength;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// The size of one request: what is thought of it before it is sent, and what it was once it has
/// ended, which is counted. Thread-safe; each of its calls but [#passes] comes once, in this order.
final class RequestSizing {
    private static final int FIRST_ERROR_STATUS = 400;

    private final Router router;
    private volatile @Nullable Estimate estimate;
    private volatile @Nullable AnswerTokens answer;
    private volatile boolean failed;

    RequestSizing(Router router) {
        this.router = router;
    }

    /// @param read what its body says, of one that was read
    /// @param bodyLength of the body, below 0 if unknown; what is too long to be read has the
    ///     largest prompts
    /// @return what is thought of it; empty where sizes are not told apart, and for what no model
    ///     reads
    Optional<Estimate> begins(@Nullable PromptReading read, long bodyLength) {
        Optional<RequestSizes> sizes = router.sizes();
        boolean isTooLong = bodyLength > PromptReader.MAX_BODY_BYTES;
        if (sizes.isEmpty() || (read == null && !isTooLong)) {
            return Optional.empty();
        }
        OptionalLong input = OptionalLong.empty();
        OptionalLong most = OptionalLong.empty();
        if (read != null) {
            Optional<RequestLength> length = read.length();
            if (length.isEmpty()) {
                return Optional.empty();
            }
            input = OptionalLong.of(length.get().inputTokens());
            most = length.get().mostOutput();
        }
        Estimate made = router.meter().sizes.estimate(sizes.get(), input, most);
        estimate = made;
        return Optional.of(made);
    }

    /// An answer begins.
    void answers(int status, HttpFields headers) {
        failed = status >= FIRST_ERROR_STATUS && status < 500;
        if (estimate != null) {
            answer = AnswerTokens.of(status, headers).orElse(null);
        }
    }

    /// A part of it passes.
    void passes(ByteBuffer part) {
        AnswerTokens tokens = answer;
        if (tokens != null) {
            tokens.passes(part);
        }
    }

    /// The request is over. What the replica found wrong with it was no work and is not counted.
    ///
    /// @param whole whether the answer was sent to its end
    void ends(boolean whole) {
        Estimate made = estimate;
        if (made != null && !failed) {
            AnswerTokens tokens = answer;
            router.meter().sizes.ended(made, tokens == null || !whole ? Optional.empty() : tokens.output());
        }
    }
}
