package dev.skyhedge.balancer;

import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.jspecify.annotations.Nullable;

/// A request to a replica whose path and query are sent byte for byte as the client wrote them: the base class
/// would parse and rebuild them.
final class UpstreamRequest extends HttpRequest {
    private final String pathAndQuery;

    UpstreamRequest(HttpClient client, Replica replica, String method, String pathAndQuery) {
        super(client, new HttpConversation(), replica.root);
        this.pathAndQuery = pathAndQuery;
        method(method);
    }

    @Override
    public String getPath() {
        return pathAndQuery;
    }

    @Override
    @SuppressWarnings("NullAway") // the base class is not annotated; null means no query
    public @Nullable String getQuery() {
        return null;
    }
}
