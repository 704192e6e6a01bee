package dev.skyhedge.providers.simulated.market;

import java.io.IOException;

/// A recorded market that is not what its format says. The message names file, line and column.
public final class MarketFormatException extends IOException {
    private static final long serialVersionUID = 1L;

    MarketFormatException(String file, long line, int column, String problem) {
        super(file + ":" + line + ":" + column + ": " + problem);
    }

    MarketFormatException(String file, String problem) {
        super(file + ": " + problem);
    }
}
