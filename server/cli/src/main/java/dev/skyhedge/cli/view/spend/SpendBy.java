package dev.skyhedge.cli.view.spend;

import dev.skyhedge.spi.Location;
import dev.skyhedge.state.records.RentedTime;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/// What spend can be added up by.
public enum SpendBy {
    SERVICE,
    USE,
    MARKET,
    CLOUD,
    REGION,
    ZONE,
    ACCELERATOR,
    TYPE,
    REPLICA,
    DAY;

    /// Of what is not known, because it was not kept when it was spent or is one sum for many by now.
    static final String UNKNOWN = "unknown";

    /// As people and scripts name it.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Where a charge belongs.
    String of(Charge charge) {
        return switch (this) {
            case SERVICE -> charge.entry().service();
            case USE -> charge.use().map(SpendBy::word).orElse(UNKNOWN);
            case MARKET -> charge.market().name().toLowerCase(Locale.ROOT);
            case CLOUD -> charge.location().map(Location::cloud).orElse(UNKNOWN);
            case REGION ->
                charge.location().map(at -> at.cloud() + "/" + at.region()).orElse(UNKNOWN);
            case ZONE -> charge.location().map(Location::toString).orElse(UNKNOWN);
            case ACCELERATOR ->
                charge.entry()
                        .rented()
                        .map(rented -> rented.accelerator().toString())
                        .orElse(UNKNOWN);
            case TYPE -> charge.entry().rented().map(RentedTime::instanceType).orElse(UNKNOWN);
            case REPLICA -> charge.replica().isEmpty() ? UNKNOWN : charge.replica();
            case DAY -> LocalDate.ofInstant(charge.from(), ZoneOffset.UTC).toString();
        };
    }

    /// A name as people read it.
    String text(String name) {
        return switch (this) {
            case USE -> name.replace('_', ' ');
            case MARKET -> name.replace('_', '-');
            case SERVICE, CLOUD, REGION, ZONE, ACCELERATOR, TYPE, REPLICA, DAY -> name;
        };
    }

    private static String word(RentedTime.Use use) {
        return use.name().toLowerCase(Locale.ROOT);
    }
}
