package dev.skyhedge.console;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/// A page that follows. What it is sent waits in a queue that is bounded; one that reads too slowly is cut off, and
/// comes back by itself with the number of the last event that it got. Thread-safe; never waits.
final class StreamClient extends IteratingCallback {
    /// Frames that may wait for a slow client; events are some hundred bytes each.
    static final int MAX_WAITING = 1_200;

    private final Request request;
    private final Response response;
    private final Callback answered;
    private final Consumer<StreamClient> ended;
    private final Deque<String> waiting = new ArrayDeque<>();
    /// Only the newest is worth sending.
    private Optional<String> overview = Optional.empty();
    private boolean over;
    /// The number of the last event that was handed over; owned by the thread that tells.
    private long told;

    /// @param first what it is sent before all else, once it is told to go on
    /// @param told the number of the last event that it has
    /// @param ended is called once, when it has gone
    StreamClient(
            Request request,
            Response response,
            Callback answered,
            String first,
            long told,
            Consumer<StreamClient> ended) {
        this.request = request;
        this.response = response;
        this.answered = answered;
        this.told = told;
        this.ended = ended;
        waiting.addLast(first);
    }

    long told() {
        return told;
    }

    void tells(long number) {
        told = number;
    }

    void send(String frame) {
        synchronized (this) {
            if (over) {
                return;
            }
            if (waiting.size() < MAX_WAITING) {
                waiting.addLast(frame);
                frame = "";
            }
        }
        if (frame.isEmpty()) {
            iterate();
        } else {
            cut();
        }
    }

    void sendOverview(String frame) {
        synchronized (this) {
            if (over) {
                return;
            }
            overview = Optional.of(frame);
        }
        iterate();
    }

    /// Ends it at once; a write that waits for the client fails.
    void cut() {
        request.getConnectionMetaData().getConnection().getEndPoint().close();
        abort(new IllegalStateException("The client does not read, or the console is closed"));
    }

    private synchronized Optional<String> next() {
        if (!waiting.isEmpty()) {
            String all = String.join("", waiting);
            waiting.clear();
            return Optional.of(all);
        }
        Optional<String> newest = overview;
        overview = Optional.empty();
        return newest;
    }

    @Override
    protected Action process() {
        Optional<String> frame = next();
        if (frame.isEmpty()) {
            return Action.IDLE;
        }
        response.write(false, ByteBuffer.wrap(frame.get().getBytes(StandardCharsets.UTF_8)), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            waiting.clear();
            overview = Optional.empty();
        }
        ended.accept(this);
        answered.failed(cause);
    }
}
