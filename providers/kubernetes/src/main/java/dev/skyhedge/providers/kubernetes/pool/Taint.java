package dev.skyhedge.providers.kubernetes.pool;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What keeps pods off a node, written as `kubectl taint` writes it: `key=value:effect`, of which value and
/// effect may be left out.
///
/// @param key never empty
/// @param value empty for any
/// @param effect `NoSchedule`, `PreferNoSchedule` or `NoExecute`; empty for any
public record Taint(String key, String value, String effect) {
    /// The form of a taint in settings.
    public static final Pattern FORM = Pattern.compile("([A-Za-z0-9][A-Za-z0-9._/-]{0,316})(?:=([A-Za-z0-9._-]{0,63}))?"
            + "(?::(NoSchedule|PreferNoSchedule|NoExecute))?");

    private static final String PREFERENCE = "PreferNoSchedule";

    /// Reads what [#FORM] matches.
    public static Taint parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a taint: \"" + text + "\"");
        }
        return new Taint(
                parts.group(1),
                Optional.ofNullable(parts.group(2)).orElse(""),
                Optional.ofNullable(parts.group(3)).orElse(""));
    }

    /// Whether pods that do not tolerate it stay away.
    public boolean repels() {
        return !effect.equals(PREFERENCE);
    }

    /// Whether a pod that tolerates this tolerates the other, too.
    public boolean covers(Taint other) {
        return key.equals(other.key)
                && (value.isEmpty() || value.equals(other.value))
                && (effect.isEmpty() || effect.equals(other.effect));
    }
}
