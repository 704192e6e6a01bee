package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Where messages for the reconciler arrive, from any thread.
///
/// It is not bounded by refusing: every sender is bounded itself (calls in flight, one probe a replica, one
/// observation a provider), and losing an answer would leave an intent open.
final class Mailbox {
    private final BlockingQueue<Message> queue = new LinkedBlockingQueue<>();

    void post(Message message) {
        queue.add(message);
    }

    /// All waiting messages, in order; waits for the first one for at most this long.
    List<Message> take(long timeoutMillis) throws InterruptedException {
        List<Message> batch = new ArrayList<>();
        Message first = queue.poll(timeoutMillis, TimeUnit.MILLISECONDS);
        if (first != null) {
            batch.add(first);
            queue.drainTo(batch);
        }
        return batch;
    }
}
