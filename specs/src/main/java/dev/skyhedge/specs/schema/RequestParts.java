package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.values.Value;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What may be in a request that is written down in a spec.
final class RequestParts {
    /// RFC 3986, sections 3.3 and 3.4, with the percent sign of what is escaped.
    private static final String PATH_MARKS = "-._~!$&'()*+,;=:@/?%";

    /// RFC 9110, section 5.6.2.
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    /// Headers that follow from the request itself.
    private static final Set<String> SENDERS =
            Set.of("connection", "content-length", "expect", "transfer-encoding", "upgrade", "http2-settings");

    /// What a shell can export. It stands before each workload, and drops or misreads any other name.
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private RequestParts() {}

    /// Whether a shell can export a variable of this name.
    static boolean isVariableName(String name) {
        return VARIABLE_NAME.matcher(name).matches();
    }

    /// What is wrong with the name of a variable, a sentence; empty if nothing is.
    static Optional<String> variableProblem(String name) {
        return isVariableName(name)
                ? Optional.empty()
                : Optional.of("\"" + name + "\" is no name that a shell can export: letters, digits and _, and no"
                        + " digit first.");
    }

    /// What is wrong with a header that is to carry a key, a sentence; empty if nothing is. Underscores are dropped
    /// by many proxies, and Host says something else.
    static Optional<String> keyHeaderProblem(String name) {
        Optional<String> problem = headerProblem(name, Value.of(""));
        if (problem.isPresent()) {
            return problem;
        }
        return name.chars().allMatch(c -> isAlphanumeric(c) || c == '-') && !name.equalsIgnoreCase("host")
                ? Optional.empty()
                : Optional.of("\"" + name + "\" cannot carry a key: letters, digits and - may be in the name, and it"
                        + " must not be Host.");
    }

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
