package dev.skyhedge.balancer;

import dev.skyhedge.balancer.prompt.Prompt;
import dev.skyhedge.balancer.prompt.PromptReader;
import dev.skyhedge.balancer.prompt.RequestLength;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request before a replica is chosen for it, where the policy goes by prompts or the table
/// by sizes. What is read is
/// kept as for another attempt, in memory that is taken beforehand, and sent as it came.
final class PromptReading {
    private final RequestBody body;

    private PromptReading(RequestBody body) {
        this.body = body;
    }

    /// Empty where nobody asks what a request says, and for one that is passed on as it comes, to a replica chosen by
    /// load alone: its body is long, packed, of unknown length, or there is no memory for it.
    ///
    /// @param bodyLength from the header; below 0 if unknown
    static Optional<PromptReading> of(Router router, Request request, @Nullable RequestBody body, long bodyLength) {
        boolean asks = router.readsPrompts() || router.sizes().isPresent();
        if (body == null || !asks || !isReadable(request, bodyLength) || !body.prepay()) {
            return Optional.empty();
        }
        return Optional.of(new PromptReading(body));
    }

    private static boolean isReadable(Request request, long bodyLength) {
        return bodyLength > 0
                && bodyLength <= PromptReader.MAX_BODY_BYTES
                && HttpMethod.POST.is(request.getMethod())
                && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
    }

    /// Reads the whole body.
    ///
    /// @param then called when it is there; not if the client fails to send it, which the body tells the exchange
    void read(Runnable then) {
        body.readAhead(piece -> {}, then);
    }

    /// How long what it asks is, once it was read.
    Optional<RequestLength> length() {
        return body.whole().flatMap(RequestLength::read);
    }

    /// What the body asks, once it was read.
    Optional<Prompt> prompt() {
        return body.whole().flatMap(PromptReader::read);
    }
}
