package dev.skyhedge.cli;

import java.util.Map;
import java.util.Optional;

/// What users of Terraform and OpenTofu type here first, and what does the same.
final class TerraformHabits {
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("get", "Modules are read where they lie: there is nothing to fetch."),
            Map.entry("import", "Write an import block into the spec; the next apply takes the instance over."),
            Map.entry(
                    "login",
                    "Providers find credentials as the tools of their clouds do; there is nothing to log in to."),
            Map.entry("logout", "There is nothing to log out of."),
            Map.entry("providers", "skyhedge doctor shows the providers that a spec needs, and whether they answer."),
            Map.entry("refresh", "Every plan looks at what is really there; skyhedge plan does."),
            Map.entry("taint", "skyhedge apply -replace=SERVICE/REPLICA replaces it."),
            Map.entry("untaint", "Nothing stays marked: -replace holds for one plan."),
            Map.entry("test", "skyhedge simulate plays a spec against markets; skyhedge validate checks it."),
            Map.entry("workspace", "Each state is one of its own: -state=DIR|URL, or SKYHEDGE_STATE, names it."));

    private TerraformHabits() {}

    /// What to do instead of a command that is not here.
    static Optional<String> remedy(String command) {
        return Optional.ofNullable(REMEDIES.get(command));
    }
}
