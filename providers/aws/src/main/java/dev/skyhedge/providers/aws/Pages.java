package dev.skyhedge.providers.aws;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Follows the pages of a describing call.
final class Pages {
    /// More instances or prices than anybody has; an implementation that never ends its pages ends here.
    private static final int MAX_PAGES = 500;

    /// One page.
    ///
    /// @param next token of the page after it; null or empty at the end
    record Page<T>(List<T> items, @Nullable String next) {}

    /// The pages of an answer go round in a circle, or on for ever.
    static final class EndlessPages extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EndlessPages(String message) {
            super(message);
        }
    }

    private Pages() {}

    /// All items.
    ///
    /// @param read reads the page of a token; of none for the first page
    /// @throws EndlessPages if the pages do not end
    static <T> List<T> all(Function<Optional<String>, Page<T>> read) {
        List<T> all = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        Optional<String> token = Optional.empty();
        for (int i = 0; i < MAX_PAGES; i++) {
            Page<T> page = read.apply(token);
            all.addAll(page.items);
            String next = page.next;
            if (next == null || next.isEmpty()) {
                return all;
            }
            if (!seen.add(next)) {
                throw new EndlessPages("The page after \"" + next + "\" is itself");
            }
            token = Optional.of(next);
        }
        throw new EndlessPages("More than " + MAX_PAGES + " pages");
    }
}
