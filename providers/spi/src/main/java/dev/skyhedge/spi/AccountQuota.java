package dev.skyhedge.spi;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// How much an account may still rent.
///
/// @param name as the cloud calls it, for people
/// @param scope the offers that count against it
/// @param accelerator the type of card that counts, of the offers in scope; empty means whatever they compute with
/// @param instanceTypes the machine types that count together, of the offers in scope; empty means all
/// @param unit what is counted
/// @param limit the most that the account may have at once, not negative
/// @param used what it has, ours or others'; may be above the limit
public record AccountQuota(
        String name,
        Scope scope,
        Optional<String> accelerator,
        SortedSet<String> instanceTypes,
        Unit unit,
        long limit,
        long used) {
    /// What a quota counts.
    public enum Unit {
        INSTANCES("instances"),
        VCPUS("vCPUs"),
        ACCELERATORS("accelerators");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        /// The word for people.
        public String word() {
            return word;
        }
    }

    public AccountQuota {
        if (limit < 0 || used < 0) {
            throw new IllegalArgumentException("A quota's figures are not negative: " + limit + ", " + used);
        }
        instanceTypes = Collections.unmodifiableSortedSet(new TreeSet<>(instanceTypes));
    }

    /// Of whatever is in scope.
    public AccountQuota(String name, Scope scope, Unit unit, long limit, long used) {
        this(name, scope, Optional.empty(), unit, limit, used);
    }

    /// Of one type of card, whatever the machine.
    public AccountQuota(String name, Scope scope, Optional<String> accelerator, Unit unit, long limit, long used) {
        this(name, scope, accelerator, new TreeSet<>(), unit, limit, used);
    }

    /// Of a family of machine types.
    public AccountQuota(String name, Scope scope, SortedSet<String> instanceTypes, Unit unit, long limit, long used) {
        this(name, scope, Optional.empty(), instanceTypes, unit, limit, used);
    }

    /// Whether the offer counts against it.
    public boolean covers(Offer offer) {
        return scope.covers(offer)
                && (accelerator.isEmpty()
                        || accelerator.get().equals(offer.accelerator().type()))
                && (instanceTypes.isEmpty() || instanceTypes.contains(offer.instanceType()));
    }

    /// What may still be rented, at least 0.
    public long remaining() {
        return Math.max(0, limit - used);
    }
}
