package dev.skyhedge.spi;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/// A command that a provider plugin adds to the command line, such as `local-cloud`. Found by `ServiceLoader`.
public interface ProviderCommand {
    /// The word that selects it.
    String name();

    /// What it does and its arguments, a line each, for help.
    List<String> usage();

    /// Runs it.
    ///
    /// @param arguments what follows the name
    /// @param directory the provider's directory, see [ProviderSettings#directory()]
    /// @param out for results
    /// @param err for what went wrong
    /// @return exit code: 0 if it worked, 1 if not, 2 if the arguments are wrong
    int run(List<String> arguments, Path directory, PrintWriter out, PrintWriter err);
}
