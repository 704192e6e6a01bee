package dev.skyhedge.engine.service;

import dev.skyhedge.engine.accelerators.Allocation;
import dev.skyhedge.engine.accelerators.Binding;
import dev.skyhedge.engine.accelerators.ExchangedMix;
import dev.skyhedge.engine.accelerators.Problem;
import dev.skyhedge.specs.AllocationSpec;
import dev.skyhedge.specs.RequestSize;
import dev.skyhedge.spi.Accelerator;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Says of a mix why it is so, and what else there could be.
///
/// @param asked what it is for
record MixWords(MixProblem asked) {
    private static final int SHOWN_SIZES = 3;

    private AllocationSpec.Mixed mixed() {
        return asked.mixed();
    }

    private Problem problem() {
        return asked.problem();
    }

    private static String usd(double perHour) {
        return "$" + BigDecimal.valueOf(perHour).setScale(2, RoundingMode.HALF_UP) + "/h";
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private static String listed(SortedMap<Accelerator, Integer> replicas) {
        return replicas.isEmpty()
                ? "none"
                : replicas.entrySet().stream()
                        .map(entry -> entry.getValue() + " on " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    String reason(Allocation mix, double part) {
        return reason(mix.byAccelerator(), part);
    }

    /// @param part of the rate that the replicas are for
    String reason(SortedMap<Accelerator, Integer> replicas, double part) {
        return "the mix for " + (part < 1 ? percent(part) + " of " : "") + load() + ": " + listed(replicas);
    }

    private String load() {
        return number(asked.load().total()) + " requests per second as "
                + (asked.load().isMeasured() ? "measured" : "declared");
    }

    /// The sizes that most requests have.
    private String sizes() {
        SortedMap<RequestSize, Double> rates = asked.load().perSecond();
        String most = rates.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(SHOWN_SIZES)
                .map(entry -> share(entry.getValue() / asked.load().total()) + " "
                        + entry.getKey().text())
                .collect(Collectors.joining(", "));
        return "sizes as " + (asked.load().isMeasured() ? "measured" : "declared") + ": " + most
                + (rates.size() > SHOWN_SIZES ? ", and " + (rates.size() - SHOWN_SIZES) + " more" : "");
    }

    private static String share(double part) {
        return String.format(Locale.ROOT, part < 0.01 ? "%.1f %%" : "%.0f %%", 100 * part);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * part));
    }

    /// What the mix costs and is compared with, and why each accelerator is in it.
    List<String> notes(Allocation mix) {
        List<String> notes = new ArrayList<>();
        int sizes = asked.load().perSecond().size();
        notes.add("mix: " + listed(mix.byAccelerator()) + ", " + usd(mix.usdPerHour()) + " at list prices, for "
                + load() + ", of " + sizes
                + (sizes == 1 ? " size" : " sizes") + " and "
                + percent(mixed().headroom()) + " headroom; no mix costs less than "
                + usd(ExchangedMix.lowerBound(problem()).orElse(0)));
        notes.add(sizes());
        Binding.of(problem(), mix).forEach((rental, binding) -> notes.add(rental.accelerator() + ": " + text(binding)));
        notes.add(singles());
        notes.add("mix at half the rate: " + at(0.5) + "; at double the rate: " + at(2));
        return notes;
    }

    private static String text(Binding binding) {
        return switch (binding) {
            case Binding.StandsIn full ->
                full.exhausted().accelerator() + ", which is cheaper, is at its bound (" + full.bound() + ")";
            case Binding.OnlyAble only ->
                "only it serves requests of up to " + only.largest().inputTokens() + " tokens in and "
                        + only.largest().outputTokens() + " out";
            case Binding.Demanded demanded -> demanded.text();
            case Binding.BestFor best -> best.text();
            case Binding.Remainder remainder -> remainder.text();
        };
    }

    private String at(double factor) {
        Allocation mix = ComputedMix.at(problem(), factor);
        return mix.servesAll() ? usd(mix.usdPerHour()) : "not served within the bounds";
    }

    /// Each accelerator alone, the cheapest first; bounds on numbers are not looked at.
    private String singles() {
        SortedMap<Accelerator, Double> prices = asked.prices();
        SortedMap<Accelerator, Double> costs = new TreeMap<>();
        List<String> unable = new ArrayList<>();
        prices.forEach((accelerator, price) -> {
            double load = problem().loadAlone(accelerator);
            if (Double.isInfinite(load)) {
                unable.add(accelerator.toString());
            } else {
                costs.put(accelerator, Math.ceil(load - 1e-9) * price);
            }
        });
        String able = costs.entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.naturalOrder()))
                .map(entry -> Math.round(entry.getValue() / prices.getOrDefault(entry.getKey(), 1.0)) + " on "
                        + entry.getKey() + " " + usd(entry.getValue()))
                .collect(Collectors.joining(", "));
        return "one accelerator alone: " + (able.isEmpty() ? "none serves all sizes" : able)
                + (unable.isEmpty() || able.isEmpty()
                        ? ""
                        : "; not all sizes are served by " + String.join(", ", unable));
    }

    /// Of each size that nothing offered serves.
    List<String> unserved() {
        List<String> words = new ArrayList<>();
        for (RequestSize size : asked.unserved()) {
            words.add("requests of " + size.text() + " are not served: "
                    + asked.able(size).stream().map(Accelerator::toString).collect(Collectors.joining(" or "))
                    + " could, and is not offered within resources and at_most");
        }
        return words;
    }

    /// That bounds or a budget leave only a part of the rate.
    ///
    /// @param whole the mix for all of it, if there is one
    List<String> tooLittle(Allocation whole, double part, double usdPerHour) {
        List<String> words = new ArrayList<>(unserved());
        String served = part > 0
                ? "only " + percent(part) + " of the rate is served within the service level, for " + usd(usdPerHour)
                : "nothing of the rate is served within the service level";
        words.add(
                whole.servesAll()
                        ? served + ": all of it takes " + usd(whole.usdPerHour()) + ", and max_usd_per_hour is "
                                + usd(mixed().maxUsdPerHour().orElse(0))
                        : served + ": at_most permits no more replicas");
        return words;
    }
}
