package dev.skyhedge.balancer;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request of HTTP/2 whose header does not say that it has a body. Only to read shows whether it
/// has; what was read for that is read again. Read by one thread at a time.
final class FirstRead extends Request.Wrapper {
    private Content.@Nullable Chunk first;

    private FirstRead(Request request, Content.@Nullable Chunk first) {
        super(request);
        this.first = first;
    }

    /// The request as it is, if there is nothing to find out or it has no body.
    static Request of(Request request) {
        if (request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2
                || request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
            return request;
        }
        Content.Chunk first = request.read();
        boolean empty = first != null && first.isLast() && !first.hasRemaining() && !Content.Chunk.isFailure(first);
        return empty ? request : new FirstRead(request, first);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk read = first;
        if (read == null) {
            return super.read();
        }
        first = Content.Chunk.next(read);
        return read;
    }

    @Override
    public void demand(Runnable callback) {
        if (first == null) {
            super.demand(callback);
        } else {
            callback.run();
        }
    }
}
