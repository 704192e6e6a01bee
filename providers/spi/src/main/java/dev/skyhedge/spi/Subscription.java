package dev.skyhedge.spi;

/// A running delivery of events; closing it ends the delivery and does not fail.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
