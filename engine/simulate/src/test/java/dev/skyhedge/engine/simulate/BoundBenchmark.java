package dev.skyhedge.engine.simulate;

import dev.skyhedge.providers.simulated.market.RecordedMarket;
import dev.skyhedge.providers.simulated.market.RecordedMarketReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Bounds of the published windows of recordings. Not a test: run it by its main method with directories of
/// recordings.
public final class BoundBenchmark {
    private BoundBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        PaperProtocol protocol = PaperProtocol.DEFAULT;
        for (String directory : arguments) {
            RecordedMarket recorded = RecordedMarketReader.read(Path.of(directory));
            System.out.println(recorded.sampling().name());
            List<Long> offsets =
                    MarketWindows.publishedOffsets(recorded.sampling().name()).orElseThrow();
            for (MarketWindow window : MarketWindows.cut(
                    Boolean.getBoolean("literal") ? recorded.asPublished() : MarketWindows.asPublished(recorded),
                    "aws",
                    offsets,
                    protocol,
                    0)) {
                long begin = System.nanoTime();
                Bound bound = OmniscientBound.of(window, protocol).orElseThrow();
                System.out.printf(
                        Locale.ROOT,
                        "%7d  %6.2f  %s integral %s  objective %.3f  %.1f s%n",
                        window.offset(),
                        100 * bound.costShare(),
                        bound.method(),
                        bound.isIntegral(),
                        bound.objective(),
                        (System.nanoTime() - begin) / 1e9);
            }
        }
    }
}
