package dev.skyhedge.balancer;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// A request of HTTP/2 whose header does not say that it has a body. Only to read shows whether it
/// has; what was read for that is read again, or given back when the request ends without. Read by
/// one thread at a time.
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
        if (empty) {
            return request;
        }
        var read = new FirstRead(request, first);
        if (first != null) {
            Request.addCompletionListener(request, _ -> read.giveBack());
        }
        return read;
    }

    private synchronized void giveBack() {
        if (first != null) {
            first.release();
            first = null;
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        synchronized (this) {
            Content.Chunk read = first;
            if (read != null) {
                first = Content.Chunk.next(read);
                return read;
            }
        }
        return super.read();
    }

    @Override
    public void demand(Runnable callback) {
        boolean here;
        synchronized (this) {
            here = first != null;
        }
        if (here) {
            callback.run();
        } else {
            super.demand(callback);
        }
    }
}
