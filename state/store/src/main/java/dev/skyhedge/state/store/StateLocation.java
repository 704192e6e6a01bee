package dev.skyhedge.state.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a state is kept.
public sealed interface StateLocation {
    /// A directory of this machine, with an embedded database in it.
    ///
    /// @param path made if it is missing
    record Directory(Path path) implements StateLocation {}

    /// A PostgreSQL server that several machines share.
    ///
    /// @param url `jdbc:postgresql://…` without a password
    /// @param user empty means what the URL or the driver says
    /// @param password read from the environment for this connection, never kept
    /// @param directory where to remember the last serial seen, so that a lost state is noticed
    record PostgreSql(String url, Optional<String> user, Optional<String> password, Optional<Path> directory)
            implements StateLocation {
        public PostgreSql {
            String lower = url.toLowerCase(Locale.ROOT);
            if (!lower.startsWith("jdbc:postgresql:")) {
                throw new IllegalArgumentException("A state URL starts with jdbc:postgresql:");
            }
            if (lower.contains("password=") || lower.matches("jdbc:postgresql://[^/]*@.*")) {
                throw new IllegalArgumentException(
                        "A state URL holds no credentials: set PGUSER and PGPASSWORD, or use ~/.pgpass or service=");
            }
        }

        /// Hides the password.
        @Override
        public String toString() {
            return "PostgreSql[" + url + "]";
        }
    }

    /// Reads a location: a URL that starts with `jdbc:postgresql:`, otherwise a directory.
    ///
    /// @param text as the user wrote it
    /// @param environment where `PGUSER` and `PGPASSWORD` are looked up
    /// @param directory for what is remembered on this machine about a shared state
    /// @throws IllegalArgumentException if the URL carries a password
    static StateLocation parse(String text, Map<String, String> environment, Path directory) {
        if (!text.toLowerCase(Locale.ROOT).startsWith("jdbc:")) {
            return new Directory(Path.of(text));
        }
        return new PostgreSql(
                text,
                Optional.ofNullable(environment.get("PGUSER")),
                Optional.ofNullable(environment.get("PGPASSWORD")),
                Optional.of(directory));
    }
}
