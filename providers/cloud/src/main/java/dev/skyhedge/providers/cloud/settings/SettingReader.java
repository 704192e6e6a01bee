package dev.skyhedge.providers.cloud.settings;

import dev.skyhedge.spi.SettingProblem;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads typed values out of a provider's settings and collects what is wrong with them. Not thread-safe.
public final class SettingReader {
    private final Map<String, Object> values;
    private final List<SettingProblem> problems = new ArrayList<>();

    /// @param values as in [dev.skyhedge.spi.ProviderSettings#values()]
    public SettingReader(Map<String, Object> values) {
        this.values = values;
    }

    /// What was found wrong so far, in the order of reading.
    public List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    /// Whether the setting is given at all.
    public boolean has(String name) {
        return values.containsKey(name);
    }

    /// Records a problem.
    public void wrong(String name, String summary, String remedy) {
        problems.add(new SettingProblem(name, summary, remedy));
    }

    /// Finds a text that is not empty.
    public Optional<String> text(String name) {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && !text.isBlank()) {
            return Optional.of(text);
        }
        wrong(name, "is not a text", "Write it in quotes, and not empty.");
        return Optional.empty();
    }

    /// Finds a text of a certain form.
    ///
    /// @param example a text of that form, for the message
    public Optional<String> text(String name, Pattern form, String example) {
        Optional<String> found = text(name);
        if (found.isPresent() && !form.matcher(found.get()).matches()) {
            wrong(
                    name,
                    "\"" + found.get() + "\" does not have the right form",
                    "Write something like " + example + ".");
            return Optional.empty();
        }
        return found;
    }

    /// Finds `true` or `false`.
    public boolean flag(String name, boolean otherwise) {
        Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return value == null ? otherwise : (Boolean) value;
        }
        wrong(name, "is not true or false", "Write true or false, without quotes.");
        return otherwise;
    }

    /// Finds a whole number within bounds.
    public int whole(String name, int otherwise, int least, int most) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof BigDecimal number
                && number.stripTrailingZeros().scale() <= 0
                && number.compareTo(BigDecimal.valueOf(least)) >= 0
                && number.compareTo(BigDecimal.valueOf(most)) <= 0) {
            return number.intValueExact();
        }
        wrong(name, "is not a whole number in range", "Write a number from " + least + " to " + most + ".");
        return otherwise;
    }

    /// Finds a list of texts of a certain form; empty if the setting is absent.
    public List<String> texts(String name, Pattern form, String example) {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            wrong(name, "is not a list", "Write [" + example + "].");
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        for (Object one : list) {
            if (one instanceof String text && form.matcher(text).matches()) {
                if (!texts.contains(text)) {
                    texts.add(text);
                }
            } else {
                wrong(name, "holds \"" + one + "\"", "Write texts such as " + example + ".");
            }
        }
        return List.copyOf(texts);
    }

    /// Finds a map from text to text of a certain form; empty if the setting is absent.
    public Map<String, String> textMap(String name, Pattern form, String example) {
        Object value = values.get(name);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            wrong(name, "is not an object", "Write { " + example + " }.");
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((key, one) -> {
            if (one instanceof String text && form.matcher(text).matches()) {
                texts.put(String.valueOf(key), text);
            } else {
                wrong(name, "holds \"" + one + "\"", "Write { " + example + " }.");
            }
        });
        return Collections.unmodifiableMap(texts);
    }

    /// Reads an address of a service.
    ///
    /// @param name of the setting that problems are reported for
    /// @param text `http://…` or `https://…`, without user, query or fragment
    Optional<URI> address(String name, String text) {
        try {
            URI uri = new URI(text);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            wrong(name, "is not a URL: " + e.getReason(), "Write something like \"http://127.0.0.1:5000\".");
            return Optional.empty();
        }
        wrong(
                name,
                "\"" + text + "\" is not the address of a service",
                "Write http:// or https://, a host and perhaps a port, such as \"http://127.0.0.1:5000\".");
        return Optional.empty();
    }
}
