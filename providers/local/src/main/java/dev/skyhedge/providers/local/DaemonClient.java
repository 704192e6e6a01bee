package dev.skyhedge.providers.local;

import dev.skyhedge.providers.local.wire.Fields;
import dev.skyhedge.providers.local.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Calls a daemon at a known address. `HttpURLConnection` because it is in the base module and starts quickly.
record DaemonClient(DaemonFiles.Address address) {
    private static final Duration CONNECT_TIME = Duration.ofSeconds(2);
    private static final int MAX_ANSWER_BYTES = 64 << 20;
    private static final int OK = 200;

    /// One call.
    ///
    /// @throws IOException if there was no answer, or one that is not about the call
    Fields call(String name, Map<String, Object> request, Duration timeout) throws IOException {
        HttpURLConnection connection = connect(name, timeout);
        byte[] body = Json.write(request).getBytes(StandardCharsets.UTF_8);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(body);
        }
        int status = connection.getResponseCode();
        if (status != OK) {
            throw new IOException(
                    "The daemon answered " + status + " to " + name + ": " + text(connection.getErrorStream()));
        }
        return Json.read(text(connection.getInputStream()));
    }

    /// Opens the stream of a lineage's events.
    HttpURLConnection events(String lineage, Duration silence) throws IOException {
        HttpURLConnection connection = connect("events", silence);
        connection.setRequestProperty("Skyhedge-Lineage", lineage);
        if (connection.getResponseCode() != OK) {
            throw new IOException("The daemon answered " + connection.getResponseCode() + " to events");
        }
        return connection;
    }

    private HttpURLConnection connect(String name, Duration timeout) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + address.port() + "/v1/" + name);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout((int) CONNECT_TIME.toMillis());
        connection.setReadTimeout((int) timeout.toMillis());
        connection.setRequestProperty("Authorization", "Bearer " + address.secret());
        return connection;
    }

    private static String text(@Nullable InputStream stream) throws IOException {
        if (stream == null) {
            return "";
        }
        try (stream) {
            return new String(stream.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.UTF_8);
        }
    }
}
