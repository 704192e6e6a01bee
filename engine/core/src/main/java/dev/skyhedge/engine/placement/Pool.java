package dev.skyhedge.engine.placement;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Offer;
import java.time.Duration;

/// Spot capacity that comes and goes as one: an accelerator in a zone.
///
/// @param offer the cheapest way to rent it
/// @param price in units of the usual spot price
/// @param lossesPerHour how often it is expected to take something back
/// @param calm how long it has kept what it gave, as was seen; zero if nothing of ours is there
/// @param isKnown whether anything of ours was ever there
/// @param isOpen whether it may be asked now
/// @param isOpenToLuxuries whether that goes for what could be done without, too
/// @param isSuspect whether its latest news were bad, so that one launch at a time has to prove it
record Pool(
        Offer offer,
        double price,
        double lossesPerHour,
        Duration calm,
        boolean isKnown,
        boolean isOpen,
        boolean isOpenToLuxuries,
        boolean isSuspect) {
    record Key(Location location, Accelerator accelerator) {}

    Key key() {
        return key(offer);
    }

    static Key key(Offer offer) {
        return new Key(offer.location(), offer.accelerator());
    }

    Location location() {
        return offer.location();
    }

    String region() {
        return offer.location().cloud() + "/" + offer.location().region();
    }
}
