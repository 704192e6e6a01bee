package dev.skyhedge.watch.change;

import dev.skyhedge.engine.control.Preview;

/// Somebody who may agree to a change where a watch runs.
public interface Approver {
    /// What a plan comes to, in a sentence, for whoever may agree to it elsewhere.
    String summary(Preview preview);

    /// Asks; returns at once.
    void ask();

    /// Waits until something is said, which may answer a later question than the one that it was waited for.
    ///
    /// @return whether that is a yes
    boolean saysYes();
}
