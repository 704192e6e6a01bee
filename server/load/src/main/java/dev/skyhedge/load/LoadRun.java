package dev.skyhedge.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Sends requests at an intended rate and measures the answers.
///
/// The loop is open: requests leave when they are due, not when the one before was answered, and latency counts
/// from when a request was due. A server that stalls therefore shows the wait that its users would have had
/// ("coordinated omission" is what closed loops hide; G. Tene, "How NOT to Measure Latency", 2013).
///
/// HTTP/1.1 with kept connections. The JDK's client sends a `GET` again by itself if a kept connection turns
/// out to be closed, but never a `POST`.
public final class LoadRun {
    private static final Duration SAMPLE_PERIOD = Duration.ofSeconds(1);
    private static final Duration MAX_CONNECT_TIME = Duration.ofSeconds(10);

    /// How long requests in flight are waited for after [#stop].
    private static final Duration STOP_WAIT = Duration.ofSeconds(1);

    /// Longest nap of the pacing thread, which bounds how late it sees [#stop].
    private static final long MAX_NAP_NANOS = 20_000_000;

    private final LoadRequest request;
    private final HttpRequest message;
    private final Tally tally = new Tally();
    private volatile boolean stopped;

    public LoadRun(LoadRequest request) {
        this.request = request;
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri());
        request.headers().forEach(builder::setHeader);
        this.message = builder.method(
                        request.method(),
                        request.body()
                                .map(HttpRequest.BodyPublishers::ofString)
                                .orElse(HttpRequest.BodyPublishers.noBody()))
                .build();
    }

    /// Runs `request` to its end.
    ///
    /// @param listener is given a sample every second, on the calling thread
    public static LoadReport run(LoadRequest request, Consumer<LoadSample> listener) {
        return new LoadRun(request).run(listener);
    }

    /// Makes [#run] send no more, and return within about a second. May be called from any thread.
    public void stop() {
        stopped = true;
    }

    /// Sends until the duration is over or [#stop] is called. To be called once.
    ///
    /// @param listener is given a sample every second, on the calling thread
    public LoadReport run(Consumer<LoadSample> listener) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpClient client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(min(request.timeout(), MAX_CONNECT_TIME))
                    .executor(threads)
                    .build();
            try {
                Pace pace = new Pace(listener);
                send(client, threads, pace);
                await(pace);
                return tally.report();
            } finally {
                client.shutdownNow();
                threads.shutdownNow();
            }
        }
    }

    private void send(HttpClient client, ExecutorService threads, Pace pace) {
        ArrivalTimes times =
                new ArrivalTimes(request.requestsPerSecond(), request.arrivals(), new SplittableRandom(request.seed()));
        var hangUps = new SplittableRandom(~request.seed());
        long end = request.duration().toNanos();
        while (!stopped && times.peekNanos() < end) {
            long due = times.peekNanos();
            if (pace.napUntil(due)) {
                launch(client, threads, pace, due, hangUps.nextDouble() < request.hangUpShare());
                times.advance();
            }
        }
    }

    private void launch(HttpClient client, ExecutorService threads, Pace pace, long due, boolean hangUp) {
        if (tally.inFlight() >= request.concurrencyLimit()) {
            tally.notSent();
            return;
        }
        tally.sent();
        threads.execute(() -> {
            if (hangUp) {
                hangUp(client, pace);
            } else {
                exchange(client, pace, due);
            }
        });
    }

    private void exchange(HttpClient client, Pace pace, long due) {
        // The timeout of HttpRequest ends with the headers; this one covers the body too.
        CompletableFuture<HttpResponse<Void>> answer =
                client.sendAsync(message, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS)
                    .statusCode();
            long now = pace.now();
            ErrorKind.ofStatus(status)
                    .ifPresentOrElse(kind -> tally.failed(kind, now), () -> tally.succeeded(due, now));
        } catch (ExecutionException e) {
            tally.failed(ErrorKind.of(e.getCause() == null ? e : e.getCause()), pace.now());
        } catch (TimeoutException e) {
            answer.cancel(true);
            tally.failed(ErrorKind.of(e), pace.now());
        } catch (InterruptedException _) {
            // The run has ended and reported this request as unfinished.
            Thread.currentThread().interrupt();
        }
    }

    /// Goes away when a part of the answer is there: its connection ends with the rest of it under way.
    private void hangUp(HttpClient client, Pace pace) {
        CompletableFuture<HttpResponse<InputStream>> answer =
                client.sendAsync(message, HttpResponse.BodyHandlers.ofInputStream());
        try {
            HttpResponse<InputStream> begun = answer.get(request.timeout().toNanos(), TimeUnit.NANOSECONDS);
            try (InputStream body = begun.body()) {
                body.read();
            }
            ErrorKind.ofStatus(begun.statusCode())
                    .ifPresentOrElse(kind -> tally.failed(kind, pace.now()), () -> tally.hungUp(pace.now()));
        } catch (IOException cut) {
            tally.failed(ErrorKind.of(cut), pace.now());
        } catch (ExecutionException e) {
            tally.failed(ErrorKind.of(e.getCause() == null ? e : e.getCause()), pace.now());
        } catch (TimeoutException e) {
            answer.cancel(true);
            tally.failed(ErrorKind.of(e), pace.now());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Pace pace) {
        long patience = request.timeout().plus(STOP_WAIT).toNanos();
        long start = pace.now();
        while (tally.inFlight() > 0 && pace.now() - start < patience) {
            patience = stopped ? Math.min(patience, pace.now() - start + STOP_WAIT.toNanos()) : patience;
            pace.napUntil(pace.now() + MAX_NAP_NANOS);
        }
        pace.lastSample();
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    /// The clock of a run, which also gives the samples when they are due.
    private final class Pace {
        private final long start = System.nanoTime();
        private final Consumer<LoadSample> listener;
        private long nextSample = SAMPLE_PERIOD.toNanos();

        Pace(Consumer<LoadSample> listener) {
            this.listener = listener;
        }

        /// Nanoseconds since the start.
        long now() {
            return System.nanoTime() - start;
        }

        /// Naps towards an instant, and says whether it has come.
        boolean napUntil(long nanos) {
            long now = now();
            if (now >= nextSample) {
                listener.accept(tally.sample(Duration.ofNanos(now)));
                nextSample += SAMPLE_PERIOD.toNanos();
            }
            if (now < nanos) {
                LockSupport.parkNanos(Math.min(nanos - now, MAX_NAP_NANOS));
            }
            return now() >= nanos;
        }

        void lastSample() {
            LoadSample rest = tally.sample(Duration.ofNanos(now()));
            if (rest.completed() + rest.errors() > 0) {
                listener.accept(rest);
            }
        }
    }
}
