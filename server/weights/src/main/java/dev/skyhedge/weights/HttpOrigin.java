package dev.skyhedge.weights;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Files of a model below an HTTP address, read in ranges. Every server of objects can do that.
final class HttpOrigin implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final int PARTIAL_CONTENT = 206;

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI base;

    HttpOrigin(URI base) {
        this.base = base.toString().endsWith("/") ? base : URI.create(base + "/");
    }

    /// Reads one chunk, unchecked.
    ///
    /// @return its length
    int read(ChunkStore store, int index, byte[] into) throws IOException {
        store.pieces(index, (file, position, offset, length) -> {
            String path = store.manifest().files().get(file).path();
            range(base.resolve(encoded(path)), position, into, offset, length);
        });
        return store.manifest().length(index);
    }

    private static String encoded(String path) {
        return URLEncoder.encode(path, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
    }

    private void range(URI file, long position, byte[] into, int offset, int length) throws IOException {
        String range = "bytes=" + position + "-" + (position + length - 1);
        HttpRequest request = HttpRequest.newBuilder(file)
                .header("Range", range)
                .timeout(ANSWER)
                .build();
        try {
            HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != PARTIAL_CONTENT) {
                    throw new IOException(file + " answers " + response.statusCode() + " to a range");
                }
                int read = body.readNBytes(into, offset, length);
                if (read < length || body.read() >= 0) {
                    throw new IOException(file + " answers with another range than " + range);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading " + file, e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
