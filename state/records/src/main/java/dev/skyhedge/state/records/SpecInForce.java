package dev.skyhedge.state.records;

import java.time.Instant;
import java.util.List;

/// Which spec was put in force last. Whoever takes over later can tell by it whether its own files are newer, older
/// or the same: a file that only happens to be there is no order.
///
/// @param digest of the contents of its files, hexadecimal
/// @param services digest of the services that it comes to, which values of variables decide, too; empty if it was put
///     in force before that was kept
/// @param source where it was read, for people
/// @param at when it was put in force, by the clock of who did it
/// @param removing names of services that were agreed to go with it; they may not have ended yet
public record SpecInForce(String digest, String services, String source, Instant at, List<String> removing) {
    public SpecInForce {
        removing = List.copyOf(removing);
    }

    /// Whether these are the files that an order wants applied, with the same values, and what may go with them goes.
    public boolean isAsOrdered(Order.ApplySpec apply) {
        return digest.equals(apply.digest())
                && services.equals(apply.services())
                && removing.containsAll(apply.removing());
    }
}
