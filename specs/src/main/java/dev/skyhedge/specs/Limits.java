package dev.skyhedge.specs;

/// How much a spec may ask of its reader. Passing any of these is a diagnostic that names the limit.
///
/// @param fileBytes size of one file
/// @param totalBytes size of all files together
/// @param tokens tokens in a file
/// @param nesting brackets and blocks inside each other
/// @param templateNesting templates inside each other
/// @param expressionDepth height of an expression's tree, so that no chain of operators exhausts the stack
/// @param numberDigits digits of a number
/// @param numberExponent absolute decimal exponent of a number
/// @param collectionElements elements of one collection
/// @param stringLength characters of one string
/// @param valueDepth collections inside each other
/// @param valueWeight nodes of one value, counted with repetition
/// @param liveCharacters characters of all strings that an evaluation makes
/// @param evaluationSteps steps of all evaluations of a load together
/// @param errorsPerFile syntax errors that are reported for a file
/// @param instances instances of one service with `count` or `for_each`
public record Limits(
        int fileBytes,
        int totalBytes,
        int tokens,
        int nesting,
        int templateNesting,
        int expressionDepth,
        int numberDigits,
        int numberExponent,
        int collectionElements,
        int stringLength,
        int valueDepth,
        long valueWeight,
        long liveCharacters,
        long evaluationSteps,
        int errorsPerFile,
        int instances) {

    /// What holds unless a test asks for less.
    public static final Limits DEFAULT = new Limits(
            4 << 20,
            32 << 20,
            4_000_000,
            250,
            32,
            400,
            1000,
            5000,
            100_000,
            4 << 20,
            250,
            2_000_000,
            64 << 20,
            40_000_000,
            20,
            10_000);
}
