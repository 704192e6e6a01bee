package dev.skyhedge.engine.plan;

import dev.skyhedge.specs.UpdateSpec;
import java.time.Duration;

/// How long a replica must stay healthy until earlier failures say nothing any more, and its edit is taken to
/// work. An edit that always dies a little later than it is asked to live would otherwise never be found out.
public final class Seasoning {
    /// Times `min_healthy`.
    private static final int FACTOR = 10;

    private Seasoning() {}

    public static Duration time(UpdateSpec update) {
        return update.minHealthy().multipliedBy(FACTOR);
    }
}
