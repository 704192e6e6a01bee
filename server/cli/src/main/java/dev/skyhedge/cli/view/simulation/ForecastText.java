package dev.skyhedge.cli.view.simulation;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Dollars;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.cli.view.Words;
import dev.skyhedge.engine.simulate.forecast.Forecast;
import dev.skyhedge.engine.simulate.forecast.Forecast.Basis;
import dev.skyhedge.engine.simulate.forecast.Forecast.Range;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/// What is to be expected of services, for people.
public final class ForecastText {
    private static final double MICRO = 1e6;
    private static final double PERCENT = 100;
    private static final double NEARLY_ALL_PERCENT = 99;

    private ForecastText() {}

    /// A paragraph for each service and one on what they rest on; ends with a newline.
    public static String render(List<Forecast> forecasts, Display display) {
        if (forecasts.isEmpty()) {
            return "No forecast: this plan leaves no service to simulate.\n";
        }
        StringBuilder text = new StringBuilder();
        boolean several = forecasts.size() > 1;
        for (Forecast forecast : forecasts) {
            text.append(display.wrap(sentence(forecast, several), "")).append('\n');
            if (forecast instanceof Forecast.Expected expected) {
                text.append(display.wrap(basis(expected.basis()), "  ")).append('\n');
            }
        }
        if (forecasts.stream().anyMatch(Forecast.Expected.class::isInstance)) {
            text.append(display.wrap(
                            "In brackets: what 8 of 10 simulated days stay within. Each begins with what runs now, or"
                                    + " with nothing, at today's prices and with the number of replicas that is wanted now.",
                            "  "))
                    .append('\n');
        }
        return text.toString();
    }

    /// What is expected of one service, in one sentence.
    public static String sentence(Forecast forecast, boolean named) {
        return switch (forecast) {
            case Forecast.Unknown(String service, String why) ->
                "No forecast of " + Words.clean(service) + ": " + Words.clean(why);
            case Forecast.Expected expected ->
                "Forecast " + (named ? "of " + Words.clean(expected.service()) + " " : "")
                        + "for the next " + expected.length().toHours() + " h ("
                        + Words.count(expected.days(), "simulated day") + "): "
                        + spread(expected.usd(), ForecastText::dollars) + ", "
                        + (expected.wanted() == 1 ? "ready " : "all " + expected.wanted() + " ready ")
                        + share(expected.full().mean()) + " of the time ("
                        + share(expected.full().low()) + " to "
                        + share(expected.full().high()) + "), "
                        + spread(expected.preemptions(), ForecastText::number) + " preemptions, "
                        + share(expected.onDemandShare().mean()) + " on-demand"
                        + (expected.allOnDemandUsd().isPresent()
                                ? "; all on-demand would be "
                                        + dollars(expected.allOnDemandUsd().getAsDouble())
                                : "")
                        + ".";
        };
    }

    private static String basis(Basis basis) {
        String zones = Words.count(basis.zones(), "spot zone");
        String seen = basis.zonesSeen() == 0
                ? "It rests on assumptions alone: this state has seen nothing of the " + zones + " yet"
                : "It rests on " + Words.grouped(basis.losses()) + (basis.losses() == 1 ? " loss in " : " losses in ")
                        + Elapsed.text(basis.held()) + " of replicas held in " + basis.zonesSeen() + " of " + zones
                        + "; the rest is assumed";
        return seen + " (room that has lasted lasts about as long again, and so does the lack of it). "
                + basis.coldStart()
                        .map(ForecastText::coldStart)
                        .orElse("No replica was ever ready, so 2m from launch to ready are assumed.")
                + (basis.leftOut() > 0 ? " " + Words.grouped(basis.leftOut()) + " dearer zones are left out." : "");
    }

    private static String coldStart(Duration seen) {
        return "From launch to ready it takes " + Elapsed.text(seen) + ", as it did.";
    }

    private static String spread(Range range, DoubleFunction<String> figure) {
        return figure.apply(range.mean()) + " (" + figure.apply(range.low()) + " to " + figure.apply(range.high())
                + ")";
    }

    private static String dollars(double usd) {
        return Dollars.amount(Math.round(usd * MICRO));
    }

    private static String number(double value) {
        return value < 10 && value != Math.rint(value)
                ? String.format(Locale.ROOT, "%.1f", value)
                : Words.grouped(Math.round(value));
    }

    /// A share of time: with a decimal place, with two near the top, where they matter; never rounded up to all.
    private static String share(double share) {
        double percent = share * PERCENT;
        if (percent == PERCENT || percent == 0) {
            return Math.round(percent) + " %";
        }
        double places = percent >= NEARLY_ALL_PERCENT ? PERCENT : PERCENT / 10;
        double shown = Math.floor(percent * places) / places;
        return String.format(Locale.ROOT, percent >= NEARLY_ALL_PERCENT ? "%.2f %%" : "%.1f %%", shown);
    }
}
