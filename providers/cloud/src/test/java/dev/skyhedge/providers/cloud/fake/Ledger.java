package dev.skyhedge.providers.cloud.fake;

import java.util.List;
import java.util.Map;

/// What a fake cloud has made, as its bill would show it.
public interface Ledger {
    /// How many instances were ever made.
    int created();

    /// Everything that exists now, in the cloud's own words.
    List<String> live();

    /// Ids of the instances of a lineage that exist now.
    List<String> live(String lineage);

    /// How many instances each token of a lineage ever had.
    Map<String, Integer> tokens(String lineage);
}
