package dev.skyhedge.engine.simulate.pool;

import dev.skyhedge.engine.pool.Claim;
import java.util.List;

/// Somebody who has machines of a pool.
public interface Tenant {
    /// What it wants at this time, in seconds since the beginning. Asked once for each step, before
    /// it.
    List<Claim> claims(double now, Holdings holdings);

    /// Works for one step with what it holds.
    void work(double now, double seconds, Holdings holdings);
}
