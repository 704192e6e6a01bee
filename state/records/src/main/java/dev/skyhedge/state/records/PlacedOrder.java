package dev.skyhedge.state.records;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// An order as it stands in the state.
///
/// @param number rises with every order; orders are read in its sequence
/// @param order what is to be done
/// @param by who asked for it, for people
/// @param at when, by the clock of who asked
/// @param answer what became of it; empty until somebody who controls the state has read it
public record PlacedOrder(long number, Order order, String by, Instant at, Optional<OrderAnswer> answer) {
    /// Whether it is in force, or may yet come into force.
    public boolean isOpen() {
        return answer.isEmpty() || isInForce();
    }

    /// Whether plans are made with it.
    public boolean isInForce() {
        return answer.filter(OrderAnswer.Accepted.class::isInstance).isPresent();
    }

    /// Whether it keeps that service without replicas.
    public boolean pauses(String service) {
        return isInForce() && order.equals(new Order.PauseService(service));
    }

    /// Who asked for it and when, for people.
    public String askedFor() {
        return "asked for by " + by + " at " + at.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Whether both are one and the same order, whatever became of it.
    public boolean isSameAs(PlacedOrder other) {
        return order.equals(other.order) && by.equals(other.by) && at.equals(other.at);
    }

    /// The same with this answer.
    public PlacedOrder answered(OrderAnswer given) {
        return new PlacedOrder(number, order, by, at, Optional.of(given));
    }

    /// The same once a service has got another name.
    public PlacedOrder afterMove(String from, String to) {
        return order.equals(new Order.PauseService(from))
                ? new PlacedOrder(number, new Order.PauseService(to), by, at, answer)
                : this;
    }
}
