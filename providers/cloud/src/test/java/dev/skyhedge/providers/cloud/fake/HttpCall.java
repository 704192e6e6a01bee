package dev.skyhedge.providers.cloud.fake;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A call as it came over the wire.
///
/// @param rawPath path as sent
/// @param path the same, decoded
/// @param query query as sent; may be empty
/// @param body may be empty
public record HttpCall(String verb, String rawPath, String path, String query, String body, Headers headers) {
    private static final int MAX_BODY = 1 << 20;

    static HttpCall read(HttpExchange exchange) throws IOException {
        return new HttpCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getRawPath(),
                exchange.getRequestURI().getPath(),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                new String(exchange.getRequestBody().readNBytes(MAX_BODY), StandardCharsets.UTF_8),
                exchange.getRequestHeaders());
    }

    /// A header's first value; empty if it was not sent.
    public String header(String name) {
        return Optional.ofNullable(headers.getFirst(name)).orElse("");
    }
}
