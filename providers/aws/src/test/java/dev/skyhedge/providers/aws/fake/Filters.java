package dev.skyhedge.providers.aws.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The `Filter.N` of a describing call: all filters must match, each by any of its values, in which `*` and `?`
/// are wild.
final class Filters {
    private record Filter(String name, List<Pattern> values) {}

    private static final int MAX_FILTERS = 200;
    private static final String TAG = "tag:";
    private static final String TAG_KEY = "tag-key";

    private final List<Filter> filters = new ArrayList<>();

    /// Reads the filters of a call.
    ///
    /// @param known the names that this call knows; beside them it knows `tag:…` and `tag-key`
    static Filters read(Form form, Set<String> known) {
        Filters all = new Filters();
        for (Form group : form.groups("Filter")) {
            String name = group.required("Name");
            List<String> values = group.texts("Value");
            if (values.isEmpty()) {
                throw Ec2Error.badRequest("MissingParameter", "The filter '" + name + "' has no values");
            }
            if (!known.contains(name) && !name.startsWith(TAG) && !name.equals(TAG_KEY)) {
                throw Ec2Error.invalidValue("The filter '" + name + "' is invalid");
            }
            all.filters.add(
                    new Filter(name, values.stream().map(Filters::pattern).toList()));
        }
        if (all.filters.size() > MAX_FILTERS) {
            throw Ec2Error.badRequest("FilterLimitExceeded", "The maximum number of filters is " + MAX_FILTERS);
        }
        return all;
    }

    /// Whether something matches.
    ///
    /// @param fields the values that it has under the filter names that this call knows
    /// @param tags its tags
    boolean match(Map<String, String> fields, Map<String, String> tags) {
        return filters.stream()
                .allMatch(filter -> values(filter.name, fields, tags).stream()
                        .anyMatch(value -> filter.values.stream()
                                .anyMatch(pattern -> pattern.matcher(value).matches())));
    }

    private static List<String> values(String name, Map<String, String> fields, Map<String, String> tags) {
        if (name.equals(TAG_KEY)) {
            return List.copyOf(tags.keySet());
        }
        String value = name.startsWith(TAG) ? tags.get(name.substring(TAG.length())) : fields.get(name);
        return value == null ? List.of() : List.of(value);
    }

    private static Pattern pattern(String value) {
        StringBuilder regex = new StringBuilder();
        for (char c : value.toCharArray()) {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
