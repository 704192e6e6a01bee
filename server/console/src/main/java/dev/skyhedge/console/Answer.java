package dev.skyhedge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// What a client is told.
///
/// @param allow the methods that the path knows, if the client used another one
/// @param last whether the connection ends with it
record Answer(int status, String contentType, String body, Optional<String> allow, boolean last) {
    static final String JSON = "application/json";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// An answer is data for programs: no browser is to run, embed, guess at or keep it.
    private static final HttpFields SECURITY = HttpFields.from(
            new HttpField(HttpHeader.CACHE_CONTROL, "no-store"),
            new HttpField("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
            new HttpField("Cross-Origin-Resource-Policy", "same-origin"),
            new HttpField("Referrer-Policy", "no-referrer"),
            new HttpField("X-Content-Type-Options", "nosniff"),
            new HttpField("X-Frame-Options", "DENY"));

    static Answer json(int status, JsonNode body) {
        return new Answer(status, JSON, write(body) + "\n", Optional.empty(), false);
    }

    static Answer text(String contentType, String body) {
        return new Answer(200, contentType, body, Optional.empty(), false);
    }

    /// It is done and there is nothing to say.
    static Answer nothing() {
        return new Answer(204, JSON, "", Optional.empty(), false);
    }

    /// @param code a stable word for programs
    /// @param message for people
    static Answer error(int status, String code, String message) {
        var root = JsonNodeFactory.instance.objectNode();
        root.putObject("error").put("code", code).put("message", message);
        return json(status, root);
    }

    static Answer methodNotAllowed(String allowed) {
        Answer error = error(405, "method_not_allowed", "Only " + allowed + " is possible here.");
        return new Answer(error.status, error.contentType, error.body, Optional.of(allowed), false);
    }

    Answer andClose() {
        return new Answer(status, contentType, body, allow, true);
    }

    ByteBuffer bytes() {
        return ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8));
    }

    void putHeaders(HttpFields.Mutable headers) {
        headers.add(SECURITY);
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        allow.ifPresent(methods -> headers.put(HttpHeader.ALLOW, methods));
        if (last) {
            headers.put(HttpHeader.CONNECTION, "close");
        }
    }

    void send(Response response, Callback callback) {
        ByteBuffer bytes = bytes();
        response.setStatus(status);
        putHeaders(response.getHeaders());
        if (bytes.hasRemaining()) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.remaining());
        }
        response.write(true, bytes, callback);
    }

    private static String write(JsonNode body) {
        try {
            return MAPPER.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that cannot be written: " + body.getNodeType(), e);
        }
    }
}
