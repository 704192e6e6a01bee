package dev.skyhedge.specs.schema;

import dev.skyhedge.specs.values.Type;
import java.util.List;

/// What an attribute takes.
///
/// @param type what its value is converted to
/// @param constraint what must hold beyond that
/// @param words how the reference names it
public record AttributeType(Type type, Constraint constraint, String words) {

    /// What must hold of a value of the right type.
    public sealed interface Constraint {
        /// Nothing.
        record None() implements Constraint {}

        /// A whole number within these bounds, inclusive.
        record Whole(int least, int most) implements Constraint {}

        /// A word, or a whole number within these bounds, inclusive. The value is a text.
        record WholeOr(String word, int least, int most) implements Constraint {}

        /// A number above zero.
        record Positive() implements Constraint {}

        /// One of these texts.
        record OneOf(List<String> choices) implements Constraint {}

        /// A duration such as `1h30m10s`.
        ///
        /// @param zeroAllowed whether it may be zero
        record DurationText(boolean zeroAllowed) implements Constraint {}

        /// Path and query of a request, as they are sent: with a slash first, and nothing that has to be
        /// escaped.
        record Path() implements Constraint {}

        /// Headers of a request, by name, that its sender does not set itself.
        record Headers() implements Constraint {}

        /// A text that is not empty.
        record NotEmpty() implements Constraint {}

        /// At least one accelerator, `TYPE:COUNT`.
        record Accelerators() implements Constraint {}

        /// Whole numbers up to this by accelerator, at least one.
        record Counts(int most) implements Constraint {}

        /// At least one location pattern, `cloud/region/zone`.
        record Locations() implements Constraint {}

        /// A map or object whose values are texts or secrets; they may be sensitive.
        record Environment() implements Constraint {}

        /// A secret that is read only at launch, and nothing else.
        record Secret() implements Constraint {}

        /// A name that a shell can export.
        record VariableName() implements Constraint {}

        /// The name of a header that a key can be sent in.
        record HeaderName() implements Constraint {}

        /// A bare type, which is read and not evaluated.
        record TypeExpression() implements Constraint {}

        /// An address such as `service.chat["eu"]`, or several, which are read and not evaluated.
        record Address() implements Constraint {}
    }

    static final AttributeType STRING = new AttributeType(Type.STRING, new Constraint.None(), "string");
    public static final AttributeType TEXT =
            new AttributeType(Type.STRING, new Constraint.NotEmpty(), "non-empty string");
    static final AttributeType BOOL = new AttributeType(Type.BOOL, new Constraint.None(), "bool");
    static final AttributeType ANY = new AttributeType(Type.ANY, new Constraint.None(), "any");
    static final AttributeType RATE = new AttributeType(Type.NUMBER, new Constraint.Positive(), "number above 0");
    static final AttributeType PORT = whole(1, 65535);
    static final AttributeType PATH = new AttributeType(Type.STRING, new Constraint.Path(), "path");
    static final AttributeType STRINGS =
            new AttributeType(new Type.ListOf(Type.STRING), new Constraint.None(), "list of strings");
    static final AttributeType HEADERS =
            new AttributeType(new Type.MapOf(Type.STRING), new Constraint.Headers(), "map of strings");
    static final AttributeType ENVIRONMENT =
            new AttributeType(Type.ANY, new Constraint.Environment(), "map of strings and secrets");
    static final AttributeType SECRET = new AttributeType(Type.ANY, new Constraint.Secret(), "secret");
    static final AttributeType VARIABLE_NAME =
            new AttributeType(Type.STRING, new Constraint.VariableName(), "name of a variable");
    static final AttributeType HEADER_NAME =
            new AttributeType(Type.STRING, new Constraint.HeaderName(), "name of a header");
    static final AttributeType ACCELERATORS =
            new AttributeType(new Type.ListOf(Type.STRING), new Constraint.Accelerators(), "list of accelerators");
    static final AttributeType LOCATIONS =
            new AttributeType(new Type.ListOf(Type.STRING), new Constraint.Locations(), "list of location patterns");
    static final AttributeType DURATION =
            new AttributeType(Type.STRING, new Constraint.DurationText(false), "duration above 0");
    static final AttributeType DURATION_OR_ZERO =
            new AttributeType(Type.STRING, new Constraint.DurationText(true), "duration");
    static final AttributeType TYPE = new AttributeType(Type.ANY, new Constraint.TypeExpression(), "type");

    static final AttributeType ADDRESS = new AttributeType(Type.ANY, new Constraint.Address(), "address");
    public static final AttributeType ADDRESSES =
            new AttributeType(Type.ANY, new Constraint.Address(), "list of addresses");

    static final AttributeType ATTRIBUTE_NAMES =
            new AttributeType(Type.ANY, new Constraint.Address(), "list of attribute names");

    /// A whole number within these bounds.
    public static AttributeType whole(int least, int most) {
        String words =
                most == Integer.MAX_VALUE ? "whole number from " + least : "whole number from " + least + " to " + most;
        return new AttributeType(Type.NUMBER, new Constraint.Whole(least, most), words);
    }

    /// How many of each accelerator, each at most this many.
    static AttributeType counts(int most) {
        return new AttributeType(
                new Type.MapOf(Type.NUMBER), new Constraint.Counts(most), "map of whole numbers by accelerator");
    }

    static AttributeType wholeOr(String word, int least, int most) {
        return new AttributeType(
                Type.STRING,
                new Constraint.WholeOr(word, least, most),
                "\"" + word + "\" or whole number from " + least + " to " + most);
    }

    static AttributeType oneOf(String... choices) {
        return new AttributeType(
                Type.STRING, new Constraint.OneOf(List.of(choices)), "\"" + String.join("\" or \"", choices) + "\"");
    }
}
