package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.simulate.MarketSource;
import dev.skyhedge.engine.simulate.MarketWindows;
import dev.skyhedge.engine.simulate.PaperProtocol;
import dev.skyhedge.providers.simulated.market.AllOrNothingMarket;
import dev.skyhedge.providers.simulated.market.MarketTrace;
import dev.skyhedge.providers.simulated.market.RecordedMarket;
import java.time.Duration;

/// A market in the time in which it was recorded, where the paper's protocol stretches some.
public final class RecordedTime {
    private RecordedTime() {}

    /// The market at its own sampling interval, with the room that the paper reads into it.
    public static MarketTrace market(MarketSource source) {
        return source.inPaper() instanceof AllOrNothingMarket
                ? new AllOrNothingMarket(source.inTime(), MarketWindows.UNLIMITED)
                : source.inTime();
    }

    /// Where the same sample is that the paper's protocol has at this tick.
    public static Duration offset(MarketSource source, long tick) {
        Duration paper = PaperProtocol.DEFAULT.tick().multipliedBy(tick);
        return source.inTime() instanceof RecordedMarket recorded
                ? source.gap()
                        .map(gap -> recorded.gap().multipliedBy(paper.dividedBy(gap)))
                        .orElse(paper)
                : paper;
    }
}
