package dev.skyhedge.providers.kubernetes.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;

/// Those who want to hear of changes. Thread-safe.
final class Watches {
    /// Ends a watch that has heard it.
    static final String END = "";

    private static final int MOST_WAITING = 10_000;

    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /// Somebody who listens.
    ///
    /// @param lines what it has to be told
    record Watcher(Predicate<Map<String, String>> selector, LinkedBlockingQueue<String> lines) {
        void hear(String how, ObjectNode object) {
            ObjectNode event = Json.object();
            event.put("type", how).set("object", object);
            lines.add(event + "\n");
        }
    }

    Watcher open(Predicate<Map<String, String>> selector) {
        Watcher watcher = new Watcher(selector, new LinkedBlockingQueue<>(MOST_WAITING));
        watchers.add(watcher);
        return watcher;
    }

    void close(Watcher watcher) {
        watchers.remove(watcher);
    }

    void tell(String how, ObjectNode object, Map<String, String> labels) {
        watchers.stream().filter(one -> one.selector().test(labels)).forEach(one -> one.hear(how, object));
    }

    int count() {
        return watchers.size();
    }

    /// Tells them all that what they know is too old to go on from.
    void expire() {
        for (Watcher watcher : watchers) {
            ObjectNode status = Json.object();
            status.put("kind", "Status")
                    .put("apiVersion", "v1")
                    .put("status", "Failure")
                    .put("reason", "Expired")
                    .put("message", "too old resource version")
                    .put("code", 410);
            watcher.hear("ERROR", status);
            watcher.lines().add(END);
        }
    }

    void endAll() {
        watchers.forEach(watcher -> watcher.lines().add(END));
    }
}
