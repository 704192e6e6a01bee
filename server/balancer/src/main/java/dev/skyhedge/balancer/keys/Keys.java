package dev.skyhedge.balancer.keys;

import java.util.List;
import java.util.Optional;

/// Which keys clients bring, if any are asked for. A setting and no part of a routing table, because it holds before
/// there is any.
///
/// @param known of which each request brings one; none of them: nobody gets in. Empty: none is asked for. Of two that
///     are the same text the first one counts
public record Keys(Optional<List<ClientKey>> known) {
    public static final Keys NOT_ASKED = new Keys(Optional.empty());

    public Keys {
        known = known.map(List::copyOf);
    }

    /// Each request brings one of these.
    public static Keys of(List<ClientKey> known) {
        return new Keys(Optional.of(known));
    }
}
