package dev.skyhedge.providers.cloud.fake;

import java.util.LinkedHashMap;
import java.util.Map;

/// An answer on its way.
///
/// @param status HTTP status
/// @param headers by name
/// @param text the body; may be empty
/// @param broken whether the connection breaks instead
public record Reply(int status, Map<String, String> headers, String text, boolean broken) {
    public static Reply of(int status, String type, String text) {
        return new Reply(status, Map.of("Content-Type", type), text, false);
    }

    public static Reply empty(int status) {
        return new Reply(status, Map.of(), "", false);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, text, broken);
    }

    /// The same with another body.
    public Reply saying(String body) {
        return new Reply(status, headers, body, broken);
    }

    public Reply lost() {
        return new Reply(status, headers, text, true);
    }
}
