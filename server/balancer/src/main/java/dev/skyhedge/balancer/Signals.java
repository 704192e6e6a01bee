package dev.skyhedge.balancer;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes signals off the request path and gives them to the listener in order.
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final int MAX_QUEUED = 10_000;
    private static final int CLOSE_SECONDS = 2;

    private final SignalListener listener;
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(MAX_QUEUED),
            Thread.ofPlatform().daemon().name("balancer-signals").factory());

    Signals(SignalListener listener) {
        this.listener = listener;
    }

    void send(Signal signal) {
        try {
            thread.execute(() -> deliver(signal));
        } catch (RejectedExecutionException full) {
            LOG.warn("signal lost, the listener does not keep up or the balancer is stopped: {}", signal);
        }
    }

    void close() throws InterruptedException {
        thread.shutdown();
        if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
            thread.shutdownNow();
        }
    }

    private void deliver(Signal signal) {
        try {
            listener.onSignal(signal);
        } catch (RuntimeException bug) {
            LOG.error("the listener failed on {}", signal, bug);
        }
    }
}
