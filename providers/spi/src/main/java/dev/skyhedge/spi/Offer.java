package dev.skyhedge.spi;

/// Something that can be rented.
///
/// @param instanceType the cloud's name of the machine type
/// @param accelerator what it computes with
/// @param location where it is
/// @param market how it is rented
/// @param price what it costs, at the time the offer was read
public record Offer(String instanceType, Accelerator accelerator, Location location, Market market, HourlyPrice price) {
    public Offer {
        if (instanceType.isEmpty()) {
            throw new IllegalArgumentException("An offer names an instance type");
        }
    }

    /// The same offer at another price.
    public Offer at(HourlyPrice newPrice) {
        return new Offer(instanceType, accelerator, location, market, newPrice);
    }

    /// Whether both rent the same thing in the same place and market, whatever the price.
    public boolean rentsSameAs(Offer other) {
        return instanceType.equals(other.instanceType)
                && accelerator.equals(other.accelerator)
                && location.equals(other.location)
                && market == other.market;
    }
}
