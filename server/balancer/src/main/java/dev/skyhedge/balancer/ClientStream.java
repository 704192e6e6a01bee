package dev.skyhedge.balancer;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Session;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One of the streams of a connection of HTTP/2. That its client goes away Jetty itself tells the
/// request; to end it leaves the other streams alone.
final class ClientStream implements ClientSide {
    private final ClientEndPoint socket;
    private final @Nullable HTTP2Stream stream;
    private @Nullable Occupant occupant;

    /// @param id of the stream in the session
    ClientStream(ClientEndPoint socket, HTTP2Session session, int id) {
        this.socket = socket;
        this.stream = session.getStream(id);
    }

    @Override
    public void requestStarted(Occupant request) {
        occupant = request;
        socket.streamStarted(request);
    }

    @Override
    public void requestEnded() {
        Occupant ended = occupant;
        if (ended != null) {
            socket.streamEnded(ended);
        }
    }

    /// Jetty tells a client whose answer is complete to stop.
    @Override
    public void awaitRest() {}

    /// Every stream says of itself how it ends.
    @Override
    public void cutByReset(boolean reset) {}

    @Override
    public long flushed() {
        return stream == null ? 0 : SentData.of(stream);
    }

    @Override
    public void cut() {
        if (stream != null) {
            stream.reset(new ResetFrame(stream.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
        }
    }
}
