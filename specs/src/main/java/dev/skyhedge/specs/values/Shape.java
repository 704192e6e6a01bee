package dev.skyhedge.specs.values;

import java.util.Collection;

/// What is true of a whole value, kept with every collection so that asking is cheap even where parts are shared.
///
/// @param depth collections inside each other, 0 for a primitive
/// @param weight nodes, counted with repetition, saturating
/// @param characters of all strings, counted with repetition, saturating
/// @param known whether no part is unknown
/// @param sensitive whether some part is sensitive
public record Shape(int depth, long weight, long characters, boolean known, boolean sensitive) {
    static final Shape PLAIN = new Shape(0, 1, 0, true, false);
    static final Shape UNKNOWN = new Shape(0, 1, 0, false, false);
    static final Shape SECRET = new Shape(0, 1, 0, true, true);
    private static final long HEAVIEST = 1L << 50;

    static Shape ofText(int characters) {
        return new Shape(0, 1, characters, true, false);
    }

    static Shape of(Collection<Value> parts) {
        int depth = 0;
        long weight = 1;
        long characters = 0;
        boolean known = true;
        boolean sensitive = false;
        for (Value part : parts) {
            Shape shape = part.shape();
            depth = Math.max(depth, shape.depth);
            weight = Math.min(HEAVIEST, weight + shape.weight);
            characters = Math.min(HEAVIEST, characters + shape.characters);
            known &= shape.known;
            sensitive |= shape.sensitive;
        }
        return new Shape(depth + 1, weight, characters, known, sensitive);
    }

    Shape marked() {
        return new Shape(depth, weight, characters, known, true);
    }
}
