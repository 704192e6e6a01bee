package dev.skyhedge.console;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// The files of the page: ours and its two libraries, all from jars of this process. They hold no data and no secret.
/// Thread-safe.
final class Assets {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";
    private static final String OURS = "/dev/skyhedge/console/page/";
    private static final String WEBJARS = "/META-INF/resources/webjars/";
    private static final int NOT_MODIFIED = 304;

    private static final Map<String, Source> SOURCES = Map.ofEntries(
            Map.entry("/", new Source(OURS + "index.html", "text/html; charset=utf-8")),
            ours("app.js", SCRIPT),
            ours("store.js", SCRIPT),
            ours("stream.js", SCRIPT),
            ours("format.js", SCRIPT),
            ours("parts.js", SCRIPT),
            ours("charts.js", SCRIPT),
            ours("overview.js", SCRIPT),
            ours("service.js", SCRIPT),
            ours("replicas.js", SCRIPT),
            ours("pages.js", SCRIPT),
            ours("keys.js", SCRIPT),
            ours("console.css", STYLE),
            ours("icon.svg", "image/svg+xml"),
            Map.entry("/console/preact.js", new Source(WEBJARS + "preact/10.27.0/dist/preact.mjs", SCRIPT)),
            Map.entry("/console/uplot.js", new Source(WEBJARS + "uplot/1.6.30/dist/uPlot.iife.min.js", SCRIPT)),
            Map.entry("/console/uplot.css", new Source(WEBJARS + "uplot/1.6.30/dist/uPlot.min.css", STYLE)));

    /// Nothing but what this console itself serves, and no script in a text.
    private static final HttpFields HEADERS = HttpFields.from(
            new HttpField(
                    "Content-Security-Policy",
                    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
            new HttpField(HttpHeader.CACHE_CONTROL, "no-cache"),
            new HttpField("Cross-Origin-Opener-Policy", "same-origin"),
            new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new HttpField("Referrer-Policy", "no-referrer"),
            new HttpField("X-Content-Type-Options", "nosniff"),
            new HttpField("X-Frame-Options", "DENY"));

    private final Map<String, Asset> read = new ConcurrentHashMap<>();

    private record Source(String resource, String type) {}

    private record Asset(byte[] bytes, String type, String tag) {}

    private static Map.Entry<String, Source> ours(String name, String type) {
        return Map.entry("/console/" + name, new Source(OURS + name, type));
    }

    static boolean has(String path) {
        return SOURCES.containsKey(path);
    }

    void send(Request request, Response response, Callback callback) {
        Asset asset = read.computeIfAbsent(Request.getPathInContext(request), Assets::read);
        HttpFields.Mutable headers = response.getHeaders();
        headers.add(HEADERS);
        headers.put(HttpHeader.ETAG, asset.tag());
        boolean known = Optional.ofNullable(request.getHeaders().get(HttpHeader.IF_NONE_MATCH))
                .filter(tags -> tags.contains(asset.tag()))
                .isPresent();
        if (known) {
            response.setStatus(NOT_MODIFIED);
            response.write(true, ByteBuffer.allocate(0), callback);
            return;
        }
        headers.put(HttpHeader.CONTENT_TYPE, asset.type());
        headers.put(HttpHeader.CONTENT_LENGTH, asset.bytes().length);
        response.write(true, ByteBuffer.wrap(asset.bytes()), callback);
    }

    private static Asset read(String path) {
        Source source = SOURCES.get(path);
        if (source == null) {
            throw new IllegalArgumentException("Not of the page: " + path);
        }
        try (InputStream in = Assets.class.getResourceAsStream(source.resource())) {
            if (in == null) {
                throw new IllegalStateException("The distribution lacks " + source.resource());
            }
            byte[] bytes = in.readAllBytes();
            return new Asset(bytes, source.type(), "\"" + digest(bytes) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException("Our own jar", e);
        }
    }

    private static String digest(byte[] bytes) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(all, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has it", e);
        }
    }
}
