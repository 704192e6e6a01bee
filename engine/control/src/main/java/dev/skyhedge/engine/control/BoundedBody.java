package dev.skyhedge.engine.control;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;

/// Throws an answer's body away, as [BodyHandlers#discarding()], up to a limit.
final class BoundedBody implements BodySubscriber<Void> {
    private final BodySubscriber<Void> discarding = BodySubscribers.discarding();
    private long left;

    /// The body is longer than that.
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;
    }

    BoundedBody(long maxBytes) {
        this.left = maxBytes;
    }

    @Override
    public CompletionStage<Void> getBody() {
        return discarding.getBody();
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        discarding.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            left -= buffer.remaining();
        }
        if (left < 0) {
            // The prober then cancels the answer, and with it the connection.
            discarding.onError(new TooLong());
        } else {
            discarding.onNext(buffers);
        }
    }

    @Override
    public void onError(Throwable failure) {
        discarding.onError(failure);
    }

    @Override
    public void onComplete() {
        discarding.onComplete();
    }
}
