package dev.skyhedge.console;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.skyhedge.console.live.EventLog;
import dev.skyhedge.console.live.LiveFeed;
import dev.skyhedge.console.live.Overview;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `/v1/stream`, server-sent events: each event of the controller as it comes, under a number with
/// which a page that was away goes on, and an overview each second in which somebody looks. One
/// thread tells all of them and waits for none.
final class Streams implements AutoCloseable {
    /// Pages that may follow at once.
    static final int MAX_STREAMS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);
    private static final Duration LOOKED_AT = Duration.ofSeconds(1);
    /// How often figures are noted while nobody looks.
    private static final Duration ALONE = Duration.ofSeconds(15);
    /// Events that a new page is sent of those before it came.
    private static final int RECENT = 200;
    /// An idle connection would be closed after half a minute.
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final LiveFeed feed;
    private final Overview overview;
    /// Tells the numbers of one process from those of the next.
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private final List<StreamClient> clients = new CopyOnWriteArrayList<>();
    private final Semaphore places = new Semaphore(MAX_STREAMS);
    private final Semaphore wake = new Semaphore(0);
    private final Thread teller =
            Thread.ofPlatform().name("console-stream").daemon().unstarted(this::tell);
    private volatile boolean closed;

    Streams(LiveFeed feed, Overview overview) {
        this.feed = feed;
        this.overview = overview;
        feed.tells(this::wakes);
    }

    void start() {
        teller.start();
    }

    private void wakes() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    void open(Request request, Response response, Callback callback) {
        if (!places.tryAcquire()) {
            Answer.error(503, "busy", MAX_STREAMS + " pages follow already; close one.")
                    .send(response, callback);
            return;
        }
        EventLog log = feed.events();
        long known = known(request.getHeaders().get("Last-Event-ID"));
        boolean goesOn = known >= 0 && log.after(known).complete();
        HttpFields.Mutable headers = response.getHeaders();
        Answer.text("text/event-stream; charset=utf-8", "").putHeaders(headers);
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        var client = new StreamClient(
                request,
                response,
                callback,
                "retry: 2000\n" + frame("hello", "", hello(known >= 0 && !goesOn)),
                goesOn ? known : Math.max(0, log.last() - RECENT),
                this::left);
        // Before its first write: one that fails at once takes it off the list again.
        clients.add(client);
        client.iterate();
        wakes();
    }

    private void left(StreamClient client) {
        clients.remove(client);
        places.release();
    }

    /// The number of an event of this process; of another's one that never comes; negative if there is none.
    private long known(@Nullable String id) {
        if (id == null) {
            return -1;
        }
        String number = id.startsWith(run + "-") ? id.substring(run.length() + 1) : "";
        return number.matches("[0-9]{1,15}") ? Long.parseLong(number) : Long.MAX_VALUE;
    }

    private ObjectNode hello(boolean gap) {
        return JsonNodeFactory.instance.objectNode().put("run", run).put("gap", gap);
    }

    private void tell() {
        long nextOverview = System.nanoTime();
        long nextHeartbeat = nextOverview + HEARTBEAT.toNanos();
        while (!closed) {
            try {
                long now = System.nanoTime();
                clients.forEach(this::events);
                if (now - nextOverview >= 0) {
                    String frame = frame("overview", "", overview.now());
                    clients.forEach(client -> client.sendOverview(frame));
                    nextOverview = System.nanoTime() + (clients.isEmpty() ? ALONE : LOOKED_AT).toNanos();
                }
                if (now - nextHeartbeat >= 0) {
                    clients.forEach(client -> client.send(":\n\n"));
                    nextHeartbeat = System.nanoTime() + HEARTBEAT.toNanos();
                }
                if (wake.tryAcquire(Math.max(1, nextOverview - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    wake.drainPermits();
                    if (!clients.isEmpty()) {
                        nextOverview = Math.min(nextOverview, System.nanoTime() + LOOKED_AT.toNanos());
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                LOG.debug("The page is not told how things are", e);
                clients.forEach(client -> client.send(frame("trouble", "", trouble())));
                nextOverview = System.nanoTime() + LOOKED_AT.multipliedBy(5).toNanos();
            }
        }
    }

    private static ObjectNode trouble() {
        return JsonNodeFactory.instance.objectNode().put("message", "The state does not answer.");
    }

    private void events(StreamClient client) {
        for (EventLog.Numbered one : feed.events().after(client.told()).events()) {
            client.send(frame("event", run + "-" + one.number(), EventTree.of(one.event())));
            client.tells(one.number());
        }
    }

    private static String frame(String kind, String id, ObjectNode data) {
        return "event: " + kind + "\n" + (id.isEmpty() ? "" : "id: " + id + "\n") + "data: " + data + "\n\n";
    }

    /// Ends all streams at once.
    @Override
    public void close() {
        closed = true;
        feed.tells(() -> {});
        teller.interrupt();
        clients.forEach(StreamClient::cut);
    }
}
