package dev.skyhedge.providers.cloud.failures;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A row of a [FailureTable].
///
/// @param kind whether the row tests the code (and perhaps the text too) or the text only; codes come first
/// @param matches whether the row is about this error
/// @param translation what the error is then
public record FailureRule(Kind kind, Predicate<CloudError> matches, Translation translation) {
    /// What a row tests.
    public enum Kind {
        CODE,
        TEXT
    }

    /// Exactly one of these codes.
    public static FailureRule codes(Translation translation, String... codes) {
        List<String> known = List.of(codes);
        return new FailureRule(Kind.CODE, error -> known.contains(error.code()), translation);
    }

    /// A code in which the pattern is found.
    public static FailureRule codeLike(Translation translation, String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        return new FailureRule(
                Kind.CODE, error -> compiled.matcher(error.code()).find(), translation);
    }

    /// This code together with one of these phrases, in any case, in the text. Belongs before a row for the code.
    public static FailureRule codeAndText(Translation translation, String code, String... phrases) {
        return new FailureRule(
                Kind.CODE, error -> error.code().equals(code) && hasPhrase(error, List.of(phrases)), translation);
    }

    /// One of these phrases, in any case, in the text.
    public static FailureRule text(Translation translation, String... phrases) {
        return new FailureRule(Kind.TEXT, error -> hasPhrase(error, List.of(phrases)), translation);
    }

    private static boolean hasPhrase(CloudError error, List<String> phrases) {
        return phrases.stream()
                .anyMatch(phrase -> Pattern.compile(Pattern.quote(phrase), Pattern.CASE_INSENSITIVE)
                        .matcher(error.text())
                        .find());
    }
}
