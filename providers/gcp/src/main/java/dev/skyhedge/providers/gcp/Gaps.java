package dev.skyhedge.providers.gcp;

import com.google.cloud.compute.v1.Warning;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Unreachable;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// What an aggregated list says of places that it leaves out. An empty place says so with a warning too, so
/// only the code tells the two apart.
final class Gaps {
    /// Codes that say that the place was asked and has nothing, or that are about something else.
    private static final Set<String> HARMLESS = Set.of(
            "NO_RESULTS_ON_PAGE", "DEPRECATED_RESOURCE_USED", "DEPRECATED_TYPE_USED", "LIST_OVERHEAD_QUOTA_EXCEED");

    private Gaps() {}

    /// The gap that a warning tells of; empty if it tells of none.
    ///
    /// @param scope what the warning was given for; empty for the list as a whole
    static Optional<Unreachable> warned(String scope, Warning warning) {
        if (warning.getCode().isEmpty() || HARMLESS.contains(warning.getCode())) {
            return Optional.empty();
        }
        return Optional.of(new Unreachable(
                GoogleNames.scope(scope), new Failure.OutcomeUnknown(warning.getCode() + ": " + warning.getMessage())));
    }

    /// A place that is named as not reached.
    static Unreachable unreachable(String scope) {
        return new Unreachable(GoogleNames.scope(scope), new Failure.OutcomeUnknown("Google could not ask " + scope));
    }

    static void add(SortedMap<String, Unreachable> gaps, Unreachable gap) {
        gaps.putIfAbsent(gap.locations().toString(), gap);
    }
}
