package dev.skyhedge.specs;

/// The value of an environment variable as declared.
public sealed interface EnvValue {
    /// A text that may be stored and shown.
    record Plain(String text) implements EnvValue {}

    /// A text that came from a sensitive value of the spec: used at launch, stored as a hash only, never shown.
    record Sensitive(String text) implements EnvValue {
        @Override
        public String toString() {
            return "(sensitive value)";
        }
    }

    /// A sensitive text of which only its hash is left, in what is kept of the past. It cannot be launched with.
    ///
    /// @param sha256 of the text, as 64 hexadecimal digits
    record Hidden(String sha256) implements EnvValue {}

    /// A secret that is named here and read only at launch.
    ///
    /// @param reference `env:NAME` or `file:PATH`
    record SecretReference(String reference) implements EnvValue {}
}
