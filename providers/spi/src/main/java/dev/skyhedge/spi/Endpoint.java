package dev.skyhedge.spi;

/// Where an instance's workload can be reached.
///
/// @param host name or address
/// @param port 1 to 65535
public record Endpoint(String host, int port) {
    public Endpoint {
        if (host.isEmpty() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("Invalid endpoint: " + host + ":" + port);
        }
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
