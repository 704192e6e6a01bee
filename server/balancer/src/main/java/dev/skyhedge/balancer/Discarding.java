package dev.skyhedge.balancer;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/// Reads what a client still sends of a refused body, and forgets it: a client that is sending when its connection
/// ends sees a reset and not the answer. Begun when the answer was written. The time for it is that of a header,
/// which [ClientConnector] keeps.
final class Discarding implements Invocable.Task {
    /// Beyond it the connection ends all the same.
    private static final long MAX_BYTES = 64L * 1024 * 1024;

    private final Request request;
    private final Callback then;
    private long discarded;

    /// @param then called once, when the client has sent everything, or enough
    Discarding(Request request, Callback then) {
        this.request = request;
        this.then = then;
    }

    /// For a request that nobody has begun to read.
    ///
    /// @param end called when the answer was written and the client has sent its request
    static Callback before(Request request, Callback end) {
        // A client that waits for our word sends nothing now.
        return request.getHeaders().contains(HttpHeader.EXPECT)
                ? end
                : Callback.from(InvocationType.NON_BLOCKING, new Discarding(request, end), end::failed);
    }

    @Override
    public void run() {
        while (discarded < MAX_BYTES) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                then.failed(chunk.getFailure());
                return;
            }
            discarded += chunk.remaining();
            boolean last = chunk.isLast();
            chunk.release();
            if (last) {
                break;
            }
        }
        then.succeeded();
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
