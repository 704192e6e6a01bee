package dev.skyhedge.engine.control;

import dev.skyhedge.engine.reconcile.Message;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Tells those who have to know what became of their messages. Thread-safe.
///
/// A receipt is kept until what its message led to is saved, or until the end, even if its sender has stopped
/// waiting. So there may be more of them than senders, but no more than messages that are not saved yet.
final class Receipts {
    private final Map<Message, CompletableFuture<Boolean>> awaited = new IdentityHashMap<>();
    private boolean closed;

    /// True once what the message led to is saved, false once that is not going to happen.
    synchronized CompletableFuture<Boolean> of(Message message) {
        return closed
                ? CompletableFuture.completedFuture(false)
                : awaited.computeIfAbsent(message, _ -> new CompletableFuture<>());
    }

    void saved(List<Message> messages) {
        messages.forEach(message -> complete(message, true));
    }

    /// Nothing is saved any more.
    void close() {
        List<Message> lost;
        synchronized (this) {
            closed = true;
            lost = List.copyOf(awaited.keySet());
        }
        lost.forEach(message -> complete(message, false));
    }

    private void complete(Message message, boolean saved) {
        CompletableFuture<Boolean> receipt;
        synchronized (this) {
            receipt = awaited.remove(message);
        }
        if (receipt != null) {
            receipt.complete(saved);
        }
    }
}
