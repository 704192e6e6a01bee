package dev.skyhedge.providers.kubernetes;

import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import io.fabric8.kubernetes.api.model.ListMeta;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads a list page by page. A list whose rest has become too old to be read (HTTP 410) is begun again. What was
/// read before a page failed counts; that the rest is missing is said.
///
/// @param items what was read
/// @param missing why the rest could not be read; empty if nothing is missing
record Pages<T>(List<T> items, Optional<Failure> missing) {
    Pages {
        items = List.copyOf(items);
    }

    /// @param page asks for a page by the mark at which the one before ended; empty for the first
    static <L, T> Outcome<Pages<T>> read(
            int maxPages,
            int maxRestarts,
            Function<String, Outcome<L>> page,
            Function<L, List<T>> items,
            Function<L, ListMeta> meta) {
        List<T> read = new ArrayList<>();
        String next = "";
        int restarts = 0;
        for (int pages = 0; pages < maxPages; pages++) {
            switch (page.apply(next)) {
                case Outcome.Failed<L>(Failure failure) -> {
                    if (next.isEmpty()) {
                        return Outcome.failed(failure);
                    }
                    if (!KubernetesFailures.isTooOld(failure) || restarts == maxRestarts) {
                        return Outcome.done(new Pages<>(read, Optional.of(failure)));
                    }
                    restarts++;
                    read.clear();
                    next = "";
                }
                case Outcome.Done<L>(L list) -> {
                    read.addAll(items.apply(list));
                    next = next(meta.apply(list));
                    if (next.isEmpty()) {
                        return Outcome.done(new Pages<>(read, Optional.empty()));
                    }
                }
            }
        }
        return Outcome.done(new Pages<>(
                read, Optional.of(new Failure.OutcomeUnknown("there are more than " + maxPages + " pages"))));
    }

    private static String next(@Nullable ListMeta meta) {
        return meta == null || meta.getContinue() == null ? "" : meta.getContinue();
    }
}
