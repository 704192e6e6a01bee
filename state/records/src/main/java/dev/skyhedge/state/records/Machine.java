package dev.skyhedge.state.records;

import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.IdempotencyToken;
import dev.skyhedge.spi.Offer;
import java.time.Instant;
import java.util.Optional;

/// What is rented from a provider, from the decision until it is gone.
///
/// @param key its name and generation
/// @param offer what it was, or is to be, rented as, at the price that its cloud last said
/// @param token the token of its launch
/// @param rental when, in what role and why it was decided to rent it
/// @param instanceId the provider's id, once known
/// @param state where it is in its life
/// @param since when it entered that state
/// @param risk what the cloud has said about taking it back
/// @param refusedAs the kind of failure with which its launch was refused, a word of [dev.skyhedge.spi.Failure#kind]
/// @param endsAs the end that it will come to: [State#GONE] unless the cloud takes it back
public record Machine(
        MachineKey key,
        Offer offer,
        IdempotencyToken token,
        Rental rental,
        Optional<String> instanceId,
        State state,
        Instant since,
        Risk risk,
        Optional<String> refusedAs,
        State endsAs) {
    public Machine {
        if (endsAs.isLive()) {
            throw new IllegalArgumentException("A machine does not end as " + endsAs);
        }
    }

    /// The life of a machine, in order; the last four are ends.
    public enum State {
        /// Decided and in the journal; the provider has not answered yet.
        ASKED,
        /// The provider has accepted it; it is being set up.
        COMING,
        /// It runs.
        UP,
        /// The provider was told to end it.
        LEAVING,
        /// Ended because we wanted it to, or by itself.
        GONE,
        /// Never came to be.
        FAILED,
        /// Taken back by the cloud.
        TAKEN,
        /// Not ours any more, although it may run on.
        FORGOTTEN;

        /// Whether it is, or may be, there and billed.
        public boolean isLive() {
            return switch (this) {
                case ASKED, COMING, UP, LEAVING -> true;
                case GONE, FAILED, TAKEN, FORGOTTEN -> false;
            };
        }
    }

    /// The decision to rent a machine, which outlives all that becomes of it.
    ///
    /// @param at when it was made
    /// @param role what the machine was meant for, a word for people such as `spare`; empty if nobody has kept it
    /// @param reason why, for people; empty if nobody has kept it
    public record Rental(Instant at, String role, String reason) {}

    /// What a cloud has said about taking a machine back.
    ///
    /// @param atRiskSince since when it says that the risk is elevated
    /// @param takenAt when it said that it would take it back
    public record Risk(Optional<Instant> atRiskSince, Optional<Instant> takenAt) {
        /// Nothing was said.
        public static final Risk UNKNOWN = new Risk(Optional.empty(), Optional.empty());
    }

    /// A machine of which nothing but the decision to rent it is known.
    public static Machine decided(MachineKey key, Offer offer, IdempotencyToken token, Rental rental) {
        return new Machine(
                key,
                offer,
                token,
                rental,
                Optional.empty(),
                State.ASKED,
                rental.at(),
                Risk.UNKNOWN,
                Optional.empty(),
                State.GONE);
    }

    /// The same machine in this state since that time.
    public Machine in(State next, Instant at) {
        return new Machine(key, offer, token, rental, instanceId, next, at, risk, refusedAs, endsAs);
    }

    /// The same machine with what its provider now says of it.
    public Machine onInstance(String id) {
        return new Machine(key, offer, token, rental, Optional.of(id), state, since, risk, refusedAs, endsAs);
    }

    /// The same machine, of which the cloud has said this.
    public Machine under(Risk said) {
        return new Machine(key, offer, token, rental, instanceId, state, since, said, refusedAs, endsAs);
    }

    /// The same machine, whose launch was refused with a failure of that kind.
    public Machine refused(String kind) {
        return new Machine(key, offer, token, rental, instanceId, state, since, risk, Optional.of(kind), endsAs);
    }

    /// The same machine, to come to this end.
    public Machine endingAs(State end) {
        return new Machine(key, offer, token, rental, instanceId, state, since, risk, refusedAs, end);
    }

    /// The same machine, which costs another price from now on.
    public Machine at(HourlyPrice price) {
        return new Machine(key, offer.at(price), token, rental, instanceId, state, since, risk, refusedAs, endsAs);
    }
}
