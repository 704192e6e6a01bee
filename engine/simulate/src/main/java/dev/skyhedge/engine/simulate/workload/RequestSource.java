package dev.skyhedge.engine.simulate.workload;

import org.jspecify.annotations.Nullable;

/// Requests one after the other, in order of arrival. Not thread-safe.
public interface RequestSource {
    /// The next one; null when no more come.
    @Nullable
    Request next();
}
