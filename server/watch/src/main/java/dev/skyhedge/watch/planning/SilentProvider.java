package dev.skyhedge.watch.planning;

import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.spi.Failure;

/// What is told of a provider that did not say what it was asked: whether it answered at all, and what to do.
public final class SilentProvider {
    private SilentProvider() {}

    /// The command cannot go on without the answer.
    public static Diagnostic error(String provider, Failure failure) {
        return Diagnostic.error(summary(provider, failure), detail(failure));
    }

    /// It is asked again.
    public static Diagnostic warning(String provider, Failure failure) {
        return Diagnostic.warning(summary(provider, failure), detail(failure));
    }

    /// Plans do without it.
    public static Diagnostic leftOut(String provider, Failure failure) {
        return Diagnostic.warning(
                "Provider \"" + provider + "\" is left out",
                failure.kind() + ": " + sentence(failure.message())
                        + " Nothing is launched there, and what may run there, for this state or a lost one, is not seen."
                        + " `skyhedge doctor` says what it needs.");
    }

    private static String summary(String provider, Failure failure) {
        return "Provider \"" + provider + "\" " + (isSilent(failure) ? "does not answer" : "cannot be asked");
    }

    private static String detail(Failure failure) {
        return isSilent(failure)
                ? sentence(failure.message())
                        + " Look at the network and at the endpoint of the provider; `skyhedge doctor` looks at all that it"
                        + " needs."
                : failure.kind() + ": " + sentence(failure.message());
    }

    /// A question changes nothing: an outcome of it that nobody knows is an answer that did not come.
    private static boolean isSilent(Failure failure) {
        return failure instanceof Failure.OutcomeUnknown;
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
