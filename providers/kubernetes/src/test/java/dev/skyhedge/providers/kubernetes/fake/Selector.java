package dev.skyhedge.providers.kubernetes.fake;

import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A label selector: `key`, `key=value`, joined by commas. Others that Kubernetes knows are refused here.
final class Selector {
    private static final Pattern PART = Pattern.compile("([A-Za-z0-9._/-]+)(=([A-Za-z0-9._-]*))?");

    private Selector() {}

    static Predicate<Map<String, String>> parse(String text) {
        Predicate<Map<String, String>> all = labels -> true;
        if (text.isEmpty()) {
            return all;
        }
        for (String part : text.split(",", -1)) {
            var matcher = PART.matcher(part);
            if (!matcher.matches()) {
                throw Refusal.bad("unable to parse requirement: " + part);
            }
            String key = matcher.group(1);
            String value = matcher.group(3);
            all = all.and(labels -> value == null ? labels.containsKey(key) : value.equals(labels.get(key)));
        }
        return all;
    }
}
