package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.values.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What may be in a request that is written down in a spec.
final class RequestParts {
    /// RFC 3986, sections 3.3 and 3.4, with the percent sign of what is escaped.
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/?%";

    /// RFC 9110, section 5.6.2.
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /// Headers that follow from the request itself.
    private static final Set<String> SENDERS =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade", "http2-settings");

    private RequestParts() {}

    /// What is wrong with a path and query, a sentence; empty if nothing is.
    static Optional<String> pathProblem(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("It must start with a slash: \"/" + path + "\".");
        }
        String escaped = escaped(path);
        return escaped.equals(path)
                ? Optional.empty()
                : Optional.of("It is sent as it is written, and must be escaped for that: \"" + escaped + "\".");
    }

    /// The same with everything escaped that may not stand in a path or query by itself.
    private static String escaped(String path) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < path.length(); ) {
            int character = path.codePointAt(i);
            boolean loosePercent = character == '%' && !isHex(path, i + 1);
            if (!loosePercent && (isAlphanumeric(character) || PATH_MARKS.indexOf(character) >= 0)) {
                text.appendCodePoint(character);
            } else {
                for (byte one : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    text.append(String.format(Locale.ROOT, "%%%02X", one));
                }
            }
            i += Character.charCount(character);
        }
        return text.toString();
    }

    private static boolean isHex(String text, int from) {
        return from + 2 <= text.length()
                && Character.digit(text.charAt(from), 16) >= 0
                && Character.digit(text.charAt(from + 1), 16) >= 0;
    }

    private static boolean isAlphanumeric(int character) {
        return (character >= 'a' && character <= 'z')
                || (character >= 'A' && character <= 'Z')
                || (character >= '0' && character <= '9');
    }

    /// What is wrong with a header, a sentence; empty if nothing is.
    static Optional<String> headerProblem(String name, Value value) {
        boolean token = !name.isEmpty() && name.chars().allMatch(c -> isAlphanumeric(c) || TOKEN_MARKS.indexOf(c) >= 0);
        if (!token) {
            return Optional.of("\"" + name + "\" is not the name of a header: letters, digits and " + TOKEN_MARKS
                    + " may be in it.");
        }
        if (SENDERS.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of("The header " + name + " follows from the request itself. Leave it out.");
        }
        boolean sendable = value instanceof Value.StringValue(String text)
                && text.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 0x7f));
        return sendable
                ? Optional.empty()
                : Optional.of("The value of the header " + name
                        + " must be one line of ASCII. Encode what is not, with base64encode() for instance.");
    }
}
