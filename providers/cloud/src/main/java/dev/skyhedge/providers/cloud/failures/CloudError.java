package dev.skyhedge.providers.cloud.failures;

import java.time.Duration;
import java.util.Optional;

/// What a cloud answered instead of what was asked for.
///
/// @param status HTTP status; 0 if there was no answer at all
/// @param code the cloud's word for it; may be empty
/// @param text the cloud's explanation; may be empty
/// @param requestId the cloud's name of the call; may be empty
/// @param retryAfter how long the cloud wants us to wait, as far as it says
public record CloudError(int status, String code, String text, String requestId, Optional<Duration> retryAfter) {
    private static final int LONGEST_MESSAGE = 500;

    /// An error of which only the usual is known.
    public static CloudError of(int status, String code, String text) {
        return new CloudError(status, code, text, "", Optional.empty());
    }

    /// No answer came: a time-out or a broken connection.
    public static CloudError unanswered(String text) {
        return of(0, "", text);
    }

    /// One line for people: the raw code, the text, status and request id.
    public String message() {
        String origin = status == 0 ? "no answer" : "HTTP " + status;
        return words() + " (" + origin + (requestId.isEmpty() ? "" : ", request " + requestId) + ")";
    }

    /// The raw code and the text, on one line: what is the same in the answers to several calls.
    String words() {
        String words = code.isEmpty() ? text : text.isEmpty() ? code : code + ": " + text;
        String line = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > LONGEST_MESSAGE ? line.substring(0, LONGEST_MESSAGE) + "…" : line;
    }
}
