package dev.skyhedge.providers.simulated.settings;

import dev.skyhedge.spi.SettingProblem;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads typed values out of a map of settings and collects what is wrong with them.
final class SettingValues {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h|d)");

    private final Map<String, Object> values;
    private final String prefix;
    private final List<SettingProblem> problems;

    SettingValues(Map<String, Object> values) {
        this(values, "", new ArrayList<>());
    }

    private SettingValues(Map<String, Object> values, String prefix, List<SettingProblem> problems) {
        this.values = values;
        this.prefix = prefix;
        this.problems = problems;
    }

    List<SettingProblem> problems() {
        return List.copyOf(problems);
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    List<String> names() {
        return List.copyOf(values.keySet());
    }

    void wrong(String name, String summary, String remedy) {
        problems.add(new SettingProblem(prefix + name, summary, remedy));
    }

    void allowOnly(List<String> names) {
        for (String name : values.keySet()) {
            if (!names.contains(name)) {
                wrong(name, "unknown setting", "Known are " + String.join(", ", names) + ".");
            }
        }
    }

    /// The settings inside a nested block; none if there is no such block.
    SettingValues nested(String name) {
        return new SettingValues(asMap(name, values.get(name)), prefix + name + ".", problems);
    }

    private SequencedMap<String, Object> asMap(String name, @Nullable Object value) {
        SequencedMap<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> given) {
            given.forEach((key, one) -> map.put(String.valueOf(key), one));
        } else if (value != null) {
            wrong(name, "is not an object", "Write " + name + " = { … }.");
        }
        return map;
    }

    Optional<String> text(String name) {
        Object value = values.get(name);
        if (value == null || value instanceof String) {
            return Optional.ofNullable((String) value);
        }
        wrong(name, "is not a text", "Write it in quotes.");
        return Optional.empty();
    }

    String choice(String name, List<String> choices) {
        String chosen = text(name).orElse(choices.getFirst());
        if (!choices.contains(chosen)) {
            wrong(name, "\"" + chosen + "\" is not a choice", "Choose one of " + String.join(", ", choices) + ".");
            return choices.getFirst();
        }
        return chosen;
    }

    Duration duration(String name, Duration otherwise) {
        return optionalDuration(name).orElse(otherwise);
    }

    Optional<Duration> optionalDuration(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = DURATION.matcher(text.get());
        if (!matcher.matches()) {
            wrong(
                    name,
                    "\"" + text.get() + "\" is not a duration",
                    "Write a number and ms, s, m, h or d, like \"45s\".");
            return Optional.empty();
        }
        long millisPerUnit = switch (matcher.group(2)) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m" -> 60_000;
            case "h" -> 3_600_000;
            case "d" -> 86_400_000;
            default -> throw new IllegalStateException("The pattern knows no other unit");
        };
        return Optional.of(Duration.ofMillis(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(millisPerUnit))
                .longValue()));
    }

    Optional<Duration> positiveDuration(String name) {
        Optional<Duration> found = optionalDuration(name);
        if (found.isPresent() && !found.get().isPositive()) {
            wrong(name, "is zero", "Write a duration above zero, like \"45s\".");
            return Optional.empty();
        }
        return found;
    }

    BigDecimal number(String name, BigDecimal otherwise, BigDecimal least, BigDecimal most) {
        Object value = values.get(name);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof BigDecimal number) || number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            wrong(name, "is not a number in range", "Write a number from " + least + " to " + most + ".");
            return otherwise;
        }
        return number;
    }

    int whole(String name, int otherwise, int least, int most) {
        BigDecimal number =
                number(name, BigDecimal.valueOf(otherwise), BigDecimal.valueOf(least), BigDecimal.valueOf(most));
        if (number.stripTrailingZeros().scale() > 0) {
            wrong(name, "is not a whole number", "Leave the fraction out.");
            return otherwise;
        }
        return number.intValue();
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (values.get(name) instanceof List<?> list) {
            for (Object one : list) {
                if (one instanceof String text && !text.isEmpty()) {
                    texts.add(text);
                } else {
                    wrong(name, "holds something that is not a text", "Write texts in quotes.");
                }
            }
        } else {
            wrong(name, "is not a list", "Write [\"…\", \"…\"].");
        }
        return texts;
    }

    boolean isList(String name) {
        return values.get(name) instanceof List<?>;
    }

    boolean isMap(String name) {
        return values.get(name) instanceof Map<?, ?>;
    }

    Optional<Path> directory(String name) {
        return text(name).map(Path::of);
    }
}
