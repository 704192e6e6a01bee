package dev.skyhedge.providers.simulated.settings;

import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A machine type that every zone lists.
///
/// @param spot mean over the zones; the first zone is 15 % cheaper, the last 15 % dearer
record InstanceType(String name, Accelerator accelerator, HourlyPrice onDemand, HourlyPrice spot) {
    static final List<String> NAMES = List.of("accelerator", "on_demand", "spot");
    private static final double SPREAD = 0.15;
    private static final BigDecimal MAX_PRICE = BigDecimal.valueOf(10_000);

    /// Roughly what spot costs on the market: 60 % less than on demand.
    private static final BigDecimal SPOT_SHARE = new BigDecimal("0.4");

    private static final InstanceType DEFAULT =
            new InstanceType("small", Accelerator.parse("CPU:1"), HourlyPrice.ofUsd("0.10"), HourlyPrice.ofUsd("0.04"));

    /// Prices of recorded hardware where nothing else is known: on demand is three times spot, as in the
    /// evaluation of SkyServe (EuroSys'25).
    private static final HourlyPrice RECORDED_ON_DEMAND = HourlyPrice.ofUsd("3");

    private static final HourlyPrice RECORDED_SPOT = HourlyPrice.ofUsd("1");

    static List<InstanceType> read(SettingValues values, boolean marketBringsItsOwn) {
        if (!values.has("instance_types")) {
            return marketBringsItsOwn ? List.of() : List.of(DEFAULT);
        }
        SettingValues types = values.nested("instance_types");
        List<InstanceType> read = new ArrayList<>();
        for (String name : types.names()) {
            read.add(read(name, types.nested(name)));
        }
        if (read.isEmpty()) {
            values.wrong("instance_types", "names no type", "Name at least one, or leave instance_types out.");
        }
        return read;
    }

    private static InstanceType read(String name, SettingValues values) {
        values.allowOnly(NAMES);
        Accelerator accelerator = DEFAULT.accelerator();
        String text = values.text("accelerator").orElse(accelerator.toString());
        try {
            accelerator = Accelerator.parse(text);
        } catch (IllegalArgumentException e) {
            values.wrong("accelerator", "\"" + text + "\" is not an accelerator", "Write TYPE:COUNT, like \"CPU:1\".");
        }
        BigDecimal onDemand = values.number("on_demand", DEFAULT.onDemand().usd(), BigDecimal.ZERO, MAX_PRICE);
        BigDecimal spot = values.number("spot", onDemand.multiply(SPOT_SHARE), BigDecimal.ZERO, MAX_PRICE);
        return new InstanceType(name, accelerator, HourlyPrice.ofUsd(onDemand), HourlyPrice.ofUsd(spot));
    }

    /// What a zone lists.
    ///
    /// @param place where the zone stands among all, from 0 to 1
    static List<Listing> listings(String cloud, MarketSeries series, List<InstanceType> types, double place) {
        Location location = new Location(cloud, series.region(), series.zone());
        List<InstanceType> own = types.isEmpty() ? List.of(recorded(series)) : types;
        return own.stream()
                .map(type -> new Listing(
                        type.name(),
                        type.accelerator(),
                        location,
                        Optional.of(type.onDemand()),
                        type.spotAt(place),
                        Optional.of(series.key())))
                .toList();
    }

    private HourlyPrice spotAt(double place) {
        return new HourlyPrice(Math.round(spot.microDollars() * (1 - SPREAD + 2 * SPREAD * place)));
    }

    private static InstanceType recorded(MarketSeries series) {
        MarketSeries.Hardware hardware = series.hardware().orElseThrow();
        Accelerator accelerator =
                hardware.gpus() > 0 ? new Accelerator(hardware.gpu(), hardware.gpus()) : DEFAULT.accelerator();
        return new InstanceType(hardware.instanceType(), accelerator, RECORDED_ON_DEMAND, RECORDED_SPOT);
    }
}
