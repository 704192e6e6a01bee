package dev.skyhedge.cli;

import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees that a state goes on with the cloud and account that it began with: another one looks like a world in
/// which everything has vanished, and would be rented anew. What a provider was last time lies in its
/// directory.
final class AccountGuard {
    private static final Logger LOG = LoggerFactory.getLogger(AccountGuard.class);
    private static final String FILE = "account";
    private static final int MAX_BYTES = 4 * 1024;

    private AccountGuard() {}

    /// Returns if every provider is what it was, and remembers what it is.
    ///
    /// @param recorded providers with live replicas or open intents in the state; the others may change
    /// @throws CommandFailure if one is another
    static void require(
            String lineage, SortedMap<String, Provider> providers, SortedSet<String> recorded, Path directory) {
        providers.forEach((name, provider) -> {
            switch (provider.account()) {
                case Outcome.Done<CloudAccount>(CloudAccount now) -> {
                    if (!now.equals(CloudAccount.NONE)) {
                        Path file = OpenProviders.directoryOf(name, directory).resolve(FILE);
                        require(lineage, name, now, recorded.contains(name), file);
                    }
                }
                case Outcome.Failed<CloudAccount>(Failure failure) ->
                    LOG.warn("The account of {} is not known: {}", name, failure.message());
            }
        });
    }

    private static void require(String lineage, String name, CloudAccount now, boolean inUse, Path file) {
        try {
            Optional<CloudAccount> before = read(lineage, file);
            if (before.isPresent() && differs(before.get(), now) && inUse) {
                throw new CommandFailure(
                        "Provider \"" + name + "\" is another cloud than before",
                        "The replicas of this state run in " + before.get() + "; now it would be " + now
                                + ", where none of them can be seen. Use the endpoint and credentials of before, or another "
                                + "state for the other cloud. If the replicas there are gone for good, `skyhedge state rm` "
                                + "forgets them.");
            }
            if (before.isEmpty() || differs(before.get(), now)) {
                write(lineage, now, file);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    "What provider \"" + name + "\" was before is not known",
                    e.getMessage() + ". The file " + file + " must be readable and writable.");
        }
    }

    private static boolean differs(CloudAccount before, CloudAccount now) {
        boolean bothKnown = !before.account().isEmpty() && !now.account().isEmpty();
        return !before.endpoint().equals(now.endpoint())
                || (bothKnown && !before.account().equals(now.account()));
    }

    private static Optional<CloudAccount> read(String lineage, Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 3) {
            throw new IOException(file + " does not have three lines");
        }
        return lines.getFirst().equals(lineage)
                ? Optional.of(new CloudAccount(lines.get(1), lines.get(2)))
                : Optional.empty();
    }

    private static void write(String lineage, CloudAccount account, Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Path unfinished = Files.createTempFile(file.getParent(), FILE, ".unfinished");
        String text = String.join("\n", lineage, account.endpoint(), account.account()) + "\n";
        Files.write(unfinished, text.getBytes(StandardCharsets.UTF_8));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
