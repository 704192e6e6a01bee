package dev.skyhedge.balancer;

import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/// Where the answer to one request goes: a connection that serves one request after the other.
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
        EndPoint endPoint = request.getConnectionMetaData().getConnection().getEndPoint();
        return (ClientEndPoint) (endPoint instanceof EndPoint.Wrapper tls ? tls.unwrap() : endPoint);
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
