package dev.skyhedge.specs.evaluation;

/// Leaves an evaluation for good when the [Budget] is spent: nothing catches it but the edge of this package, so
/// neither `try` nor another branch goes on. Carries no stack trace, because it says nothing about the program.
final class BudgetSpentException extends RuntimeException {
    BudgetSpentException() {
        super("The budget is spent", null, false, false);
    }
}
