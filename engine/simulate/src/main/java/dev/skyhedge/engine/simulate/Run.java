package dev.skyhedge.engine.simulate;

import java.util.List;

/// One policy in one window.
///
/// @param window the market
/// @param protocol how it was run
/// @param timeline what was there at each tick
/// @param occurrences what happened, in order
/// @param outcome what it comes to
public record Run(
        MarketWindow window, PaperProtocol protocol, Timeline timeline, List<Occurrence> occurrences, Outcome outcome) {
    public Run {
        occurrences = List.copyOf(occurrences);
    }
}
