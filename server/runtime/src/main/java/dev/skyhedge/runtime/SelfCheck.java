package dev.skyhedge.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Asks a server of one's own for an embedding: shows that a distribution is whole, and walks the path of a
/// request for the JVM to record in an AOT cache.
final class SelfCheck {
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final String[] BODIES = {
        "{\"model\":\"%s\",\"input\":\"one text\"}",
        "{\"model\":\"%s\",\"input\":[\"two\",\"texts\"],\"encoding_format\":\"base64\"}"
    };

    private SelfCheck() {}

    /// @throws IOException if anything but success is the answer
    static void run(URI server, String model) throws IOException {
        get(server.resolve("/health"));
        for (String body : BODIES) {
            HttpURLConnection connection = open(server.resolve("/v1/embeddings"));
            connection.setDoOutput(true);
            try (OutputStream out = connection.getOutputStream()) {
                out.write(String.format(Locale.ROOT, body, model).getBytes(StandardCharsets.UTF_8));
            }
            read(connection);
        }
        get(server.resolve("/metrics"));
    }

    private static void get(URI uri) throws IOException {
        read(open(uri));
    }

    private static HttpURLConnection open(URI uri) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        return connection;
    }

    private static void read(HttpURLConnection connection) throws IOException {
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
            throw new IOException(connection.getURL() + " answers " + connection.getResponseCode());
        }
        try (InputStream body = connection.getInputStream()) {
            if (body.readAllBytes().length == 0) {
                throw new IOException(connection.getURL() + " answers nothing");
            }
        }
    }
}
