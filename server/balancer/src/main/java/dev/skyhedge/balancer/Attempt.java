package dev.skyhedge.balancer;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// One try of a request at one replica. It ends once: answered, failed or abandoned.
final class Attempt implements Promise<Connection> {
    private static final int FIRST_FAILURE_STATUS = 500;

    private final Exchange exchange;
    private final Dispatch dispatch;
    private final Router router;
    private final Pick pick;
    private final Replica replica;
    private final boolean fresh;
    private final Flight flight;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile @Nullable UpstreamRequest upstream;
    private volatile @Nullable Connection connection;
    private volatile boolean reused;
    private volatile boolean begun;
    private volatile int status;
    private volatile @Nullable Relay relay;
    private final AtomicBoolean connected = new AtomicBoolean();
    private volatile boolean lost;
    private volatile boolean silent;
    private final AtomicLong progress = new AtomicLong();
    private long stillSince;
    private long progressThen;

    /// @param fresh never use a kept connection
    Attempt(Exchange exchange, Dispatch dispatch, Router router, Pick pick, boolean fresh) {
        this.exchange = exchange;
        this.dispatch = dispatch;
        this.router = router;
        this.pick = pick;
        this.replica = pick.replica();
        this.fresh = fresh;
        this.flight = Flight.begin(replica, pick.unreadTokens(), pick.workNanos(), System.nanoTime());
    }

    void start() {
        replica.running.add(this);
        if (replica.running.isCut()) {
            lose();
            return;
        }
        Connection kept = fresh ? null : replica.idle.take();
        if (kept == null) {
            router.upstreams().connect(replica, this);
        } else {
            reused = true;
            send(kept);
        }
    }

    @Override
    public void succeeded(Connection opened) {
        if (ended.get()) {
            replica.idle.give(opened);
        } else {
            send(opened);
        }
    }

    @Override
    public void failed(Throwable cause) {
        if (Failures.isLocal(cause)) {
            if (end(Flight.ABANDONED)) {
                exchange.outOfSockets();
            }
            return;
        }
        fail(Failures.ofConnect(cause), false);
    }

    private void send(Connection open) {
        if (!connected.compareAndSet(false, true)) {
            replica.idle.give(open); // lost in the same moment
            return;
        }
        connection = open;
        Request client = exchange.request();
        HttpURI uri = client.getHttpURI();
        Optional<Resumption.Outgoing> outgoing = exchange.outgoing();
        String path = outgoing.map(Resumption.Outgoing::path).orElse(uri.getPathQuery());
        var request = new UpstreamRequest(router.upstreams().client(), replica, client.getMethod(), path);
        request.headers(headers -> {
            ForwardedHeaders.copyRequest(
                    client.getHeaders(),
                    headers,
                    client.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2 ? uri.getAuthority() : null,
                    Request.getRemoteAddr(client),
                    client.isSecure() ? "https" : "http",
                    router.requestId());
            if (exchange.isKeyed()) {
                headers.remove(HttpHeader.AUTHORIZATION);
            }
            outgoing.ifPresent(other -> ForwardedHeaders.replaceRequest(headers, other));
            replica.target().credential().ifPresent(one -> headers.put(one.header(), one.value()));
        });
        RequestBody body = exchange.body();
        if (outgoing.isPresent()) {
            request.body(new BytesRequestContent(outgoing.get().body()));
        } else if (body != null) {
            request.body(body.open());
        }
        request.onResponseBegin(response -> begun = true);
        request.onResponseHeaders(this::onHeaders);
        request.onResponseContentSource(this::onContent);
        upstream = request;
        open.send(request, this::onComplete);
        if (ended.get() || lost) {
            cut();
        }
    }

    private void onHeaders(Response response) {
        status = response.getStatus();
        boolean broken = status == 502 || status == 503 || status == 504;
        if (ended.get()) {
            return;
        }
        boolean taken = !exchange.isResumed() || Resumption.isStream(response);
        if (!broken && status != 429) {
            if (!taken) {
                notTaken(true);
            } else if (status < FIRST_FAILURE_STATUS && !response.getHeaders().contains(HttpHeader.CONTENT_LENGTH)) {
                flight.beginsWell(System.nanoTime());
            }
            return;
        }
        if (dispatch.retryElsewhere(replica, broken)) {
            if (end(answered())) {
                dispatch.goElsewhere();
            }
            cut();
        } else if (!taken) {
            notTaken(false);
        }
    }

    /// It was to go on with an answer, and gives another one.
    ///
    /// @param refused what it was asked is of no use to it
    private void notTaken(boolean refused) {
        if (end(answered())) {
            cut();
            exchange.lost(replica, new EofException("the replica did not go on with the answer"), true, refused);
        }
    }

    /// What its whole answer means for the replica; an error may be the fault of the request.
    private Flight.Outcome answered() {
        if (status < FIRST_FAILURE_STATUS) {
            return new Flight.Outcome.Answered(status);
        }
        router.meter().failed(FailureKind.BAD_STATUS);
        dispatch.failedAt(replica, FailureKind.BAD_STATUS);
        return new Flight.Outcome.Failed(FailureKind.BAD_STATUS);
    }

    private void onContent(Response response, Content.Source source) {
        if (!ended.get()) {
            var pump = new Relay(
                    this, exchange, response, source, router.settings().limits());
            relay = pump;
            pump.iterate();
        }
    }

    /// The replica's answer was read to its end.
    void wholeAnswerRead() {
        end(answered());
    }

    /// The replica's answer broke off.
    ///
    /// @param betweenEvents it is an event stream of which the client has whole events
    void answerFailed(Throwable cause, boolean committed, boolean betweenEvents) {
        FailureKind kind = kindOf(cause);
        if (committed) {
            router.meter().failed(kind);
            end(failed(kind));
            dispatch.failedAt(replica, kind);
            cut();
            exchange.lost(replica, cause, betweenEvents, false);
        } else {
            fail(kind, false);
        }
    }

    private void onComplete(Result result) {
        if (result.isSucceeded()) {
            Connection done = connection;
            if (done != null) {
                replica.idle.give(done);
            }
            return;
        }
        // With a relay running, its next read fails too and it knows what the client has seen.
        if (relay == null) {
            FailureKind kind = kindOf(result.getFailure());
            fail(kind, reused && !begun && kind == FailureKind.RESET);
        }
    }

    private void fail(FailureKind kind, boolean stale) {
        if (!stale) {
            router.meter().failed(kind);
        }
        if (end(stale ? Flight.ABANDONED : failed(kind))) {
            cut();
            dispatch.attemptFailed(pick, kind, stale, begun);
        }
    }

    private FailureKind kindOf(Throwable cause) {
        if (lost) {
            return FailureKind.LOST;
        }
        return silent ? FailureKind.TIMEOUT : Failures.ofExchange(cause);
    }

    /// That we took the replica away says nothing about it.
    private static Flight.Outcome failed(FailureKind kind) {
        return kind == FailureKind.LOST ? Flight.ABANDONED : new Flight.Outcome.Failed(kind);
    }

    /// The replica was taken away: fails at once, whatever the replica may still do.
    void lose() {
        lost = true;
        if (connected.compareAndSet(false, true)) {
            fail(FailureKind.LOST, false);
        } else {
            cut(); // what waits for the answer sees it fail and knows what the client has got
        }
    }

    /// The replica gave something.
    void progressed() {
        progress.incrementAndGet();
        flight.answers();
    }

    /// Gives up if the replica has given and taken nothing for too long. Called by a timer, now and then.
    ///
    /// @param taken grows while the replica takes the request
    /// @param clientsTurn the client is waited for, not the replica
    void look(long now, long taken, boolean clientsTurn, BalancerSettings.Timeouts limits) {
        long patienceNanos = (begun ? limits.streamIdle() : limits.firstByte()).toNanos();
        long passed = progress.get() + taken;
        if (stillSince == 0 || clientsTurn || upstream == null || passed != progressThen) {
            stillSince = now;
            progressThen = passed;
        } else if (now - stillSince > patienceNanos) {
            silent = true;
            cut(); // what waits for the answer sees it fail
        }
    }

    /// Nobody wants the answer any more.
    void abandon() {
        end(Flight.ABANDONED);
        cut();
    }

    /// Gives the connection up if the exchange on it is not over: a request body of which the client owes the
    /// rest.
    void cut() {
        UpstreamRequest running = upstream;
        if (running != null) {
            var ignored = running.abort(new Cancelled());
        }
    }

    private boolean end(Flight.Outcome outcome) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        replica.running.remove(this);
        router.closed(flight, outcome);
        return true;
    }

    /// Marks what we cut ourselves; without a stack, there may be thousands at once.
    private static final class Cancelled extends RuntimeException {
        Cancelled() {
            super("attempt given up", null, false, false);
        }
    }
}
