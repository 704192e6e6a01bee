package dev.skyhedge.providers.aws.fake;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Capacity, prices and quotas. Thread-safe.
public final class Market {
    /// A change of a spot price.
    record Price(Instant at, BigDecimal usd) {}

    private static final BigDecimal START_PRICE = new BigDecimal("0.300000");

    private final Map<String, Integer> capacity = new HashMap<>();
    private final Map<String, List<Price>> prices = new HashMap<>();
    private final Map<String, Integer> quotas = new HashMap<>();
    private final Instant start;

    Market(Instant start) {
        this.start = start;
    }

    /// Gives a machine type in a zone room for this many instances of a market.
    public synchronized void capacity(String zone, String type, boolean spot, int room) {
        capacity.put(key(zone, type, spot), room);
    }

    /// Allows the account this many live instances of a market in a region.
    public synchronized void quota(String region, boolean spot, int instances) {
        quotas.put(region + spot, instances);
    }

    /// Allows the account this many vCPUs of a quota in a region.
    public synchronized void vcpus(String region, String code, int vcpus) {
        quotas.put(region + code, vcpus);
    }

    synchronized int vcpus(String region, QuotaActions.Quota quota) {
        return quotas.getOrDefault(region + quota.code(), quota.vcpus());
    }

    /// The spot price of a type in a zone from now on.
    public synchronized void price(String zone, String type, String usd, Instant now) {
        history(zone, type).add(new Price(now, new BigDecimal(usd)));
    }

    synchronized int room(String zone, String type, boolean spot) {
        return capacity.getOrDefault(key(zone, type, spot), Integer.MAX_VALUE);
    }

    synchronized int quota(String region, boolean spot) {
        return quotas.getOrDefault(region + spot, Integer.MAX_VALUE);
    }

    /// The changes of a price in a period and the last one before it, newest first.
    synchronized List<Price> history(String zone, String type, Instant from, Instant to) {
        List<Price> found = new ArrayList<>();
        for (Price price : history(zone, type).reversed()) {
            if (!price.at().isAfter(to)) {
                found.add(price);
                if (!price.at().isAfter(from)) {
                    break;
                }
            }
        }
        return found;
    }

    private List<Price> history(String zone, String type) {
        return prices.computeIfAbsent(
                zone + " " + type, key -> new ArrayList<>(List.of(new Price(start, START_PRICE))));
    }

    private static String key(String zone, String type, boolean spot) {
        return zone + " " + type + " " + spot;
    }
}
