package dev.skyhedge.spi;

/// How an instance is rented.
public enum Market {
    /// Cheap; the cloud may take it back at any time.
    SPOT("spot"),
    /// Dear; stays until we give it back.
    ON_DEMAND("on_demand");

    private final String word;

    Market(String word) {
        this.word = word;
    }

    /// The word for it in specs, state and JSON: `spot` or `on_demand`.
    public String word() {
        return word;
    }

    /// Reads [#word()].
    ///
    /// @throws IllegalArgumentException for any other text
    public static Market parse(String word) {
        for (Market market : values()) {
            if (market.word.equals(word)) {
                return market;
            }
        }
        throw new IllegalArgumentException("A market is spot or on_demand, not \"" + word + "\"");
    }
}
