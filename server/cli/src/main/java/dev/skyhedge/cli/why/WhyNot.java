package dev.skyhedge.cli.why;

import dev.skyhedge.engine.decision.Alternative;
import dev.skyhedge.engine.decision.Turn;
import java.util.List;
import java.util.Optional;

/// Why nothing was launched somewhere for one service.
///
/// @param service its name
/// @param there what was offered there, cheapest first; not empty
/// @param turn the smallest change with which something would have been; empty if something was, or
///     none is known
record WhyNot(String service, List<Alternative> there, Optional<Turn> turn) {
    /// What was launched there after all.
    Optional<Alternative> launched() {
        return there.stream()
                .filter(one -> one.standing() == Alternative.Standing.CHOSEN)
                .findFirst();
    }
}
