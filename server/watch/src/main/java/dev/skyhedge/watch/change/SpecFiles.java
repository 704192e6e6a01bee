package dev.skyhedge.watch.change;

import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecInputs;

/// The files of the spec that a watch follows. They have been read once. Asked by one thread.
public interface SpecFiles {
    /// Where they are, for people.
    String source();

    /// What they say now. Nobody is asked for anything; what is wrong with them is in the result.
    LoadedSpec read();

    /// All that the spec was read from.
    SpecInputs inputs();
}
