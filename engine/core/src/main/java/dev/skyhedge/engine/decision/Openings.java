package dev.skyhedge.engine.decision;

import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.ZoneHealth;

/// Worlds that differ from a recorded one in what is known of one offer.
final class Openings {
    private Openings() {}

    /// The world without anything that keeps launches from the offer: pauses, refusals, quotas,
    /// orders.
    static World of(World world, Offer offer) {
        return calm(world, offer)
                .with(new Supply(
                        world.supply().shapes(),
                        world.supply().quotas().stream()
                                .filter(reading -> !reading.quota().scope().covers(offer))
                                .toList(),
                        world.supply().sources()))
                .with(new RefusedLaunches(
                        world.refused().scopes().stream()
                                .filter(closed -> !closed.scope().covers(offer))
                                .toList(),
                        world.refused().lately().stream()
                                .filter(refusal -> refusal.market() != offer.market())
                                .toList(),
                        world.refused().barred().stream()
                                .filter(bar -> !bar.scope().covers(offer))
                                .toList()))
                .with(world.orders().stream()
                        .filter(order -> !avoids(order, offer))
                        .toList());
    }

    /// The world where the offer's zone is in no pause and has done nothing wrong lately.
    static World calm(World world, Offer offer) {
        return world.withHealth(world.zoneHealth().stream()
                .map(zone -> opened(world, zone, offer))
                .toList());
    }

    /// The world with one offer instead of another.
    static World replacing(World world, Offer offer, Offer other) {
        return world.offering(world.offers().stream()
                .map(one -> one.equals(offer) ? other : one)
                .toList());
    }

    private static ZoneHealth opened(World world, ZoneHealth zone, Offer offer) {
        boolean isOpen =
                zone.status() == ZoneHealth.Status.ACTIVE && !zone.retryAt().isAfter(world.now());
        return isOpen
                        || !zone.location().equals(offer.location())
                        || zone.market() != offer.market()
                        || !zone.accelerator().equals(offer.accelerator())
                ? zone
                : new ZoneHealth(
                        zone.location(),
                        zone.accelerator(),
                        zone.market(),
                        ZoneHealth.Status.ACTIVE,
                        0,
                        world.now(),
                        world.now(),
                        "",
                        zone.history());
    }

    private static boolean avoids(PlacedOrder placed, Offer offer) {
        return placed.order() instanceof Order.AvoidZone(var location, var _) && location.matches(offer.location());
    }
}
