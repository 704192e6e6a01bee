package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.NETWORK;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// Arithmetic of network prefixes in CIDR notation.
final class NetworkFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(NETWORK, "cidrhost")
                    .takes("prefix", Type.STRING)
                    .takes("number", Type.NUMBER)
                    .returns(Type.STRING)
                    .does("The address of that number in the network; a negative number counts from the end.")
                    .example("cidrhost(\"10.12.112.0/20\", 16)", "\"10.12.112.16\"")
                    .example("cidrhost(\"10.0.0.0/24\", -1)", "\"10.0.0.255\"")
                    .as(NetworkFunctions::host),
            function(NETWORK, "cidrnetmask")
                    .takes("prefix", Type.STRING)
                    .returns(Type.STRING)
                    .does("The subnet mask of an IPv4 network.")
                    .example("cidrnetmask(\"172.16.0.0/12\")", "\"255.240.0.0\"")
                    .as(NetworkFunctions::netmask),
            function(NETWORK, "cidrsubnet")
                    .takes("prefix", Type.STRING)
                    .takes("bits", Type.NUMBER)
                    .takes("number", Type.NUMBER)
                    .returns(Type.STRING)
                    .does("The network of that number among those that so many more bits make of the prefix.")
                    .example("cidrsubnet(\"10.0.0.0/16\", 8, 2)", "\"10.0.2.0/24\"")
                    .example("cidrsubnet(\"fd00:fd12:3456:7890::/56\", 16, 162)", "\"fd00:fd12:3456:7800:a200::/72\"")
                    .as(NetworkFunctions::subnet),
            function(NETWORK, "cidrsubnets")
                    .takes("prefix", Type.STRING)
                    .takesMany("bits", Type.NUMBER)
                    .returns(new Type.ListOf(Type.STRING))
                    .does("Networks in the prefix one after the other, each by so many bits smaller than it.")
                    .example("cidrsubnets(\"10.1.0.0/16\", 4, 8)", "tolist([\"10.1.0.0/20\", \"10.1.16.0/24\"])")
                    .as(NetworkFunctions::subnets));

    private NetworkFunctions() {}

    private static Network network(Arguments arguments) {
        return Network.parse(arguments.text(0))
                .orElseThrow(() ->
                        new FunctionException(0, "\"" + arguments.text(0) + "\" is not a network such as 10.0.0.0/16"));
    }

    private static BigInteger whole(Arguments arguments, int index) {
        try {
            return arguments.number(index).toBigIntegerExact();
        } catch (ArithmeticException e) {
            throw new FunctionException(index, "a whole number is required");
        }
    }

    private static Value host(Arguments arguments) {
        Network network = network(arguments);
        BigInteger number = whole(arguments, 1);
        BigInteger size = BigInteger.ONE.shiftLeft(network.width() - network.bits());
        BigInteger wrapped = number.signum() < 0 ? number.add(size) : number;
        if (wrapped.signum() < 0 || wrapped.compareTo(size) >= 0) {
            throw new FunctionException(1, "the network has no host number " + number);
        }
        return Value.of(Network.text(network.address().add(wrapped), network.width()));
    }

    private static Value netmask(Arguments arguments) {
        Network network = network(arguments);
        if (network.width() != Network.IPV4_BITS) {
            throw new FunctionException(0, "only IPv4 has netmasks");
        }
        BigInteger all = BigInteger.ONE.shiftLeft(network.width()).subtract(BigInteger.ONE);
        BigInteger hosts =
                BigInteger.ONE.shiftLeft(network.width() - network.bits()).subtract(BigInteger.ONE);
        return Value.of(Network.text(all.subtract(hosts), network.width()));
    }

    private static Value subnet(Arguments arguments) {
        Network network = network(arguments);
        int more = more(arguments, 1, network);
        BigInteger number = whole(arguments, 2);
        if (number.signum() < 0 || number.bitLength() > more) {
            throw new FunctionException(2, more + " bits do not hold the number " + number);
        }
        int bits = network.bits() + more;
        BigInteger address = network.address().add(number.shiftLeft(network.width() - bits));
        return Value.of(new Network(address, bits, network.width()).text());
    }

    private static int more(Arguments arguments, int index, Network network) {
        int more = arguments.integer(index);
        if (more < 0 || more > network.width() - network.bits()) {
            throw new FunctionException(index, "the prefix has no room for " + arguments.whole(index) + " more bits");
        }
        return more;
    }

    private static Value subnets(Arguments arguments) {
        Network network = network(arguments);
        BigInteger end = network.address().add(BigInteger.ONE.shiftLeft(network.width() - network.bits()));
        BigInteger next = network.address();
        List<Value> subnets = new ArrayList<>();
        for (int i = 1; i < arguments.size(); i++) {
            int more = more(arguments, i, network);
            if (more < 1) {
                throw new FunctionException(i, "at least one more bit is required");
            }
            BigInteger size = BigInteger.ONE.shiftLeft(network.width() - network.bits() - more);
            BigInteger rest = next.mod(size);
            BigInteger start = rest.signum() == 0 ? next : next.subtract(rest).add(size);
            next = start.add(size);
            if (next.compareTo(end) > 0) {
                throw new FunctionException(i, "the prefix has no room for this network");
            }
            subnets.add(Value.of(new Network(start, network.bits() + more, network.width()).text()));
        }
        return new Value.ListValue(Type.STRING, subnets);
    }
}
