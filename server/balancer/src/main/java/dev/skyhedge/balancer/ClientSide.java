package dev.skyhedge.balancer;

import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// Where the answer to one request goes: a connection that serves one request after the other, or a
/// stream of one that serves many at once.
interface ClientSide {

    /// The request that is being served.
    interface Occupant {
        /// The client went away. Called at most once, and not after [ClientSide#requestEnded()].
        void clientGone();

        /// Called by a timer, now and then.
        void look(long now);
    }

    /// That of this request.
    static ClientSide of(Request request) {
        Connection connection = request.getConnectionMetaData().getConnection();
        EndPoint endPoint = connection.getEndPoint();
        var socket = (ClientEndPoint) (endPoint instanceof EndPoint.Wrapper tls ? tls.unwrap() : endPoint);
        return connection instanceof HTTP2Connection many
                ? new ClientStream(socket, many.getSession(), Integer.parseInt(request.getId()))
                : socket;
    }

    /// A request's header is complete: from here on its client is watched.
    void requestStarted(Occupant request);

    /// The response is complete.
    void requestEnded();

    /// The request has ended, and its client may send the rest of it for as long as it might send a
    /// header.
    void awaitRest();

    /// Whether a connection that ends now ends by a reset: its end would be taken for that of the
    /// answer.
    void cutByReset(boolean reset);

    /// Changes whenever the client's side of the network has taken bytes of the answer.
    long flushed();

    /// Ends it at once, in the middle of whatever is being written, which fails.
    void cut();
}
