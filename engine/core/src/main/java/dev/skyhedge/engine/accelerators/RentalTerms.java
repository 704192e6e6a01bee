package dev.skyhedge.engine.accelerators;

/// On what terms something can be rented now.
///
/// @param usdPerHour of one replica; a spot price is to be raised by what spot loses, see
///     [#forLostTime]
/// @param startUsd what starting or ending one more replica costs; it keeps plans from following
///     every small change
/// @param now replicas that are there or start
/// @param atLeast what the user wants in any case
/// @param atMost the least of what the user allows and of what is available
public record RentalTerms(double usdPerHour, double startUsd, int now, int atLeast, int atMost) {
    /// More than any service has of one kind.
    public static final int UNBOUNDED = 10_000;

    public RentalTerms {
        if (!(usdPerHour > 0) || !(startUsd >= 0) || now < 0 || atLeast < 0 || atMost < atLeast) {
            throw new IllegalArgumentException("Impossible terms: $" + usdPerHour + "/h, $" + startUsd
                    + " a start, now " + now + ", at least " + atLeast + ", at most " + atMost);
        }
        atMost = Math.min(atMost, UNBOUNDED);
    }

    /// As many as one likes, of which none is there yet.
    public static RentalTerms at(double usdPerHour) {
        return new RentalTerms(usdPerHour, 0, 0, 0, UNBOUNDED);
    }

    public RentalTerms withNow(int replicas, double usdPerStart) {
        return new RentalTerms(usdPerHour, usdPerStart, replicas, atLeast, atMost);
    }

    public RentalTerms withAtMost(int most) {
        return new RentalTerms(usdPerHour, startUsd, now, Math.min(atLeast, most), most);
    }

    /// What an hour of service costs where a share of the time that is paid for goes into starts.
    ///
    /// @param lost at least 0, below 1
    public static double forLostTime(double usdPerHour, double lost) {
        if (!(lost >= 0 && lost < 1)) {
            throw new IllegalArgumentException("A share of lost time is at least 0 and below 1, not " + lost);
        }
        return usdPerHour / (1 - lost);
    }
}
