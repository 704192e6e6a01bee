package dev.skyhedge.providers.ssh;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.Scope;
import java.net.InetAddress;
import java.util.Optional;

/// A machine that one owns.
///
/// @param name its zone and its instance type
/// @param rack its region: what fails together
/// @param address where it is reached, by us and by requests
/// @param user who logs in; empty for what ssh's own configuration says
/// @param port of its SSH server; 0 for what ssh's own configuration says
/// @param accelerator what it computes with
/// @param shape its size, if it is told
/// @param maxReplicas how many replicas it runs at once, each on a port of its own
/// @param stateDirectory where claims are kept on it
record Host(
        String name,
        String rack,
        String address,
        Optional<String> user,
        int port,
        Accelerator accelerator,
        Optional<MachineShape> shape,
        int maxReplicas,
        String stateDirectory) {
    static final String CLOUD = "ssh";
    private static final int IPV4_BYTES = 4;

    /// Whether it is reached at an address of the public internet. A name is taken for one of a network of one's own:
    /// only an address tells.
    boolean isPublic() {
        try {
            InetAddress literal = InetAddress.ofLiteral(address);
            return !literal.isLoopbackAddress()
                    && !literal.isSiteLocalAddress()
                    && !literal.isLinkLocalAddress()
                    && !isOfPrivateNetworks(literal.getAddress());
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /// `fc00::/7`, RFC 4193, and `100.64.0.0/10`, RFC 6598, which private networks over the internet use.
    private static boolean isOfPrivateNetworks(byte[] bytes) {
        return bytes.length == IPV4_BYTES ? bytes[0] == 100 && (bytes[1] & 0xc0) == 64 : (bytes[0] & 0xfe) == 0xfc;
    }

    Location location() {
        return new Location(CLOUD, rack, name);
    }

    Offer offer() {
        return new Offer(name, accelerator, location(), Market.ON_DEMAND, HourlyPrice.ZERO);
    }

    Scope scope() {
        return new Scope(LocationPattern.of(location()), Optional.empty(), Optional.empty());
    }
}
