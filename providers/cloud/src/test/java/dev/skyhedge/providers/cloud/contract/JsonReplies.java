package dev.skyhedge.providers.cloud.contract;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Replies in JSON, as trees of maps, lists and values.
///
/// @param read makes a tree of a text; numbers as they are
/// @param write makes a text of a tree
public record JsonReplies(Function<String, Object> read, Function<Object, String> write) implements ReplyFormat {
    /// Names in a map whose keys are data.
    private static final String ANY = "*";

    @Override
    public List<Place> places(String reply, Damage damage) {
        List<Place> places = new ArrayList<>();
        if (damage == Damage.MORE) {
            places.add(new Place(List.of()));
        }
        walk(read.apply(reply), List.of(), (steps, value) -> {
            boolean fits = switch (damage) {
                case LEFT_OUT, EMPTY -> true;
                case OTHER_WORD -> value instanceof String;
                case MORE -> value instanceof Map<?, ?>;
            };
            if (fits) {
                places.add(new Place(steps));
            }
        });
        return places;
    }

    @Override
    public String damaged(String reply, Place place, Damage damage) {
        Object damaged = damaged(read.apply(reply), place.steps(), damage);
        return damaged == null ? "null" : write.apply(damaged);
    }

    private static @Nullable Object damaged(@Nullable Object here, List<Object> steps, Damage damage) {
        if (steps.isEmpty()) {
            return switch (damage) {
                case LEFT_OUT, EMPTY -> null;
                case OTHER_WORD -> Damage.UNHEARD_OF;
                case MORE -> {
                    Map<Object, @Nullable Object> more = copy((Map<?, ?>) here);
                    more.put(Damage.UNHEARD_OF, Damage.UNHEARD_OF);
                    yield more;
                }
            };
        }
        Object step = steps.getFirst();
        List<Object> rest = steps.subList(1, steps.size());
        boolean leftOut = rest.isEmpty() && damage == Damage.LEFT_OUT;
        if (here instanceof Map<?, ?> map && map.containsKey(step)) {
            Map<Object, @Nullable Object> changed = copy(map);
            if (leftOut) {
                changed.remove(step);
            } else {
                changed.put(step, damaged(map.get(step), rest, damage));
            }
            return changed;
        }
        if (here instanceof List<?> list && step instanceof Integer index && index < list.size()) {
            List<@Nullable Object> changed = new ArrayList<>(list);
            if (leftOut) {
                changed.remove(index.intValue());
            } else {
                changed.set(index, damaged(list.get(index), rest, damage));
            }
            return changed;
        }
        return here;
    }

    private static Map<Object, @Nullable Object> copy(@Nullable Map<?, ?> map) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>();
        if (map != null) {
            copy.putAll(map);
        }
        return copy;
    }

    /// Whether some object in the reply is as described.
    public boolean has(String reply, Predicate<Map<?, ?>> description) {
        boolean[] found = {false};
        walk(
                read.apply(reply),
                List.of(),
                (steps, value) -> found[0] |= value instanceof Map<?, ?> map && description.test(map));
        return found[0];
    }

    /// The types of all parts of a reply by their path, positions in lists left out. An empty value has none.
    ///
    /// @param keyed names of the maps whose keys are data
    public SortedMap<String, SortedSet<String>> types(String reply, List<String> keyed) {
        SortedMap<String, SortedSet<String>> types = new TreeMap<>();
        walk(read.apply(reply), List.of(), (steps, value) -> {
            if (value != null) {
                types.computeIfAbsent(path(steps, keyed), path -> new TreeSet<>())
                        .add(type(value));
            }
        });
        return types;
    }

    private static String path(List<Object> steps, List<String> keyed) {
        List<String> path = new ArrayList<>();
        Object before = "";
        for (Object step : steps) {
            boolean data = before instanceof String && keyed.contains(before) && step instanceof String;
            path.add(step instanceof Integer ? "[]" : data ? ANY : step.toString());
            before = step;
        }
        return String.join(".", path);
    }

    private static String type(Object value) {
        return switch (value) {
            case Map<?, ?> object -> "object";
            case List<?> list -> "array";
            case String text -> "string";
            case Number number -> "number";
            case Boolean flag -> "boolean";
            default -> throw new IllegalArgumentException("Not of JSON: " + value.getClass());
        };
    }

    private static void walk(
            @Nullable Object here, List<Object> steps, BiConsumer<List<Object>, @Nullable Object> visitor) {
        if (!steps.isEmpty()) {
            visitor.accept(steps, here);
        }
        if (here instanceof Map<?, ?> map) {
            map.forEach((name, value) -> walk(value, with(steps, name), visitor));
        } else if (here instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                walk(list.get(i), with(steps, i), visitor);
            }
        }
    }

    private static List<Object> with(List<Object> steps, Object step) {
        List<Object> longer = new ArrayList<>(steps);
        longer.add(step);
        return longer;
    }
}
