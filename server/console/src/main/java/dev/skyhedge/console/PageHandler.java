package dev.skyhedge.console;

import dev.skyhedge.console.live.Overview;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The page: its files, what it reads, and its stream.
final class PageHandler implements AutoCloseable {
    private final Assets assets = new Assets();
    private final LiveApi api;
    private final Streams streams;

    private PageHandler(LiveApi api, Streams streams) {
        this.api = api;
        this.streams = streams;
    }

    static PageHandler of(ConsoleSources sources, PageSources page) {
        var overview = new Overview(
                page.clock(),
                sources.status(),
                page.spend(),
                page.feed(),
                sources.metrics(),
                () -> sources.readiness().get().missing());
        return new PageHandler(new LiveApi(overview, sources.events()), new Streams(page.feed(), overview));
    }

    void start() {
        streams.start();
    }

    /// Whether that is a file or the stream: what is answered without the state.
    static boolean handles(String path) {
        return path.equals(LiveApi.STREAM) || Assets.has(path);
    }

    void handle(Request request, Response response, Callback callback) {
        boolean isStream = Request.getPathInContext(request).equals(LiveApi.STREAM);
        if (isStream && request.getMethod().equals("HEAD")) {
            Answer.methodNotAllowed("GET").send(response, callback);
        } else if (isStream) {
            streams.open(request, response, callback);
        } else {
            assets.send(request, response, callback);
        }
    }

    /// What the page reads of the state; may wait for it.
    Answer answer(Request request) {
        return api.answer(request);
    }

    /// Ends the streams.
    @Override
    public void close() {
        streams.close();
    }
}
