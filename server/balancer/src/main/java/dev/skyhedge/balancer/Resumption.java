package dev.skyhedge.balancer;

import dev.skyhedge.balancer.continuation.ContinuedStream;
import dev.skyhedge.balancer.continuation.Level;
import dev.skyhedge.balancer.continuation.Next;
import dev.skyhedge.balancer.continuation.Taken;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// Lets a streamed completion go on from another replica: between the request and [ContinuedStream], which knows how.
///
/// Its steps follow one another: the body is read, a replica is asked, its answer is taken, it is lost. Only
/// [#close()] may come at any moment.
final class Resumption {
    static final String LEVEL_HEADER = "X-Skyhedge-Continuation";

    /// What a request takes beside its bytes: read as JSON, and written anew.
    private static final long REQUEST_FACTOR = 4;

    private static final int STEP_BYTES = 16 * 1024;

    private final Router router;
    private final Request request;
    private final RequestBody body;
    private volatile @Nullable ContinuedStream stream;
    private volatile byte @Nullable [] unkept;
    private volatile boolean completion;
    private volatile boolean asked;
    private long forRequest;
    private long kept;
    private boolean closed;

    private Resumption(Router router, Request request, RequestBody body) {
        this.router = router;
        this.request = request;
        this.body = body;
    }

    /// Empty for a request that cannot be a streamed completion, and where they do not go on.
    ///
    /// @param bodyLength from the header; unknown lengths are not read here
    static Optional<Resumption> of(Router router, Request request, @Nullable RequestBody body, long bodyLength) {
        if (body == null) {
            return Optional.empty();
        }
        BalancerSettings settings = router.settings();
        boolean may = bodyLength > 0
                && bodyLength <= settings.limits().replayBodyBytes()
                && HttpMethod.POST.is(request.getMethod())
                && ContinuedStream.isAt(request.getHttpURI().getPathQuery(), settings.continuation())
                && !request.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
        return may ? Optional.of(new Resumption(router, request, body)) : Optional.empty();
    }

    /// Reads the whole body.
    ///
    /// @param then called when it is there; not if the client fails to send it, which the body tells the exchange
    void read(Runnable then) {
        var whole = new ByteArrayOutputStream();
        body.readAhead(bytes -> whole.writeBytes(copy(bytes)), () -> {
            begin(whole.toByteArray());
            then.run();
        });
    }

    private static byte[] copy(ByteBuffer piece) {
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        return bytes;
    }

    private void begin(byte[] whole) {
        unkept = body.replayable() ? null : whole;
        Optional<ContinuedStream> read = ContinuedStream.of(
                request.getHttpURI().getPathQuery(), whole, router.settings().continuation());
        completion = read.isPresent();
        forRequest = whole.length * REQUEST_FACTOR;
        read.filter(one -> one.level() != Level.NONE && keep(forRequest)).ifPresent(one -> stream = one);
    }

    /// What a replica is asked instead of what the client wrote.
    ///
    /// @param number of the replicas that were lost
    record Outgoing(String path, byte[] body, int number) {}

    /// Empty if a replica is asked what the client wrote, and its body can be read again for that.
    ///
    /// @param sent whether the client has got a part of the answer
    Optional<Outgoing> outgoing(boolean sent) {
        ContinuedStream now = stream;
        if (now == null) {
            return Optional.ofNullable(unkept)
                    .map(bytes -> new Outgoing(request.getHttpURI().getPathQuery(), bytes, 0));
        }
        if (asked && !sent) {
            now = now.again();
            stream = now;
        }
        asked = true;
        return Optional.of(new Outgoing(now.path(), now.body(), now.resumes()));
    }

    /// Whether it goes on if its replica is lost now, or did so before.
    boolean isFollowed() {
        return stream != null;
    }

    /// What is told to the client: how well it goes on; empty for a request that is no streamed completion.
    Optional<String> level() {
        ContinuedStream now = stream;
        return completion ? Optional.of((now == null ? Level.NONE : now.level()).word()) : Optional.empty();
    }

    /// Whether this is the answer of an engine that streams.
    static boolean isStream(Response response) {
        String type = response.getHeaders().get(HttpHeader.CONTENT_TYPE);
        return response.getStatus() == HttpStatus.OK_200
                && type != null
                && type.startsWith("text/event-stream")
                && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                && !response.getHeaders().contains(HttpHeader.CONTENT_ENCODING);
    }

    /// Takes a part of a replica's answer.
    Taken take(ByteBuffer bytes) {
        ContinuedStream now = stream;
        if (now == null) {
            throw new IllegalStateException("nobody follows this");
        }
        Taken taken = now.take(bytes);
        long more = now.bytes() - room();
        if (more > 0 && !keep(more + STEP_BYTES)) {
            now.forget();
        }
        return taken;
    }

    /// Its replica is lost, or did not take what it was asked.
    Next lost(boolean refused) {
        ContinuedStream now = stream;
        if (now == null) {
            throw new IllegalStateException("nobody follows this");
        }
        long before = now.repeatedTokens();
        Next next = refused ? now.refused() : now.lost();
        if (next instanceof Next.Resume) {
            router.meter().resumed(now.level(), now.repeatedTokens() - before);
        }
        return next;
    }

    /// The event with which an answer ends that nobody goes on with.
    ByteBuffer broken() {
        ContinuedStream now = stream;
        return now == null ? Refusal.REPLICA_LOST.duplicate() : ByteBuffer.wrap(now.broken());
    }

    private synchronized long room() {
        return kept - forRequest;
    }

    private synchronized boolean keep(long bytes) {
        boolean taken = !closed && router.memory().take(bytes);
        kept += taken ? bytes : 0;
        return taken;
    }

    /// The request has ended; gives back what was taken.
    synchronized void close() {
        closed = true;
        router.memory().give(kept);
        kept = 0;
    }
}
