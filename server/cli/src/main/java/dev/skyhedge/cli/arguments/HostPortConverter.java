package dev.skyhedge.cli.arguments;

import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;

/// Reads an address to listen on, such as `0.0.0.0:7071` or `[::]:7071`.
public final class HostPortConverter implements CommandLine.ITypeConverter<InetSocketAddress> {
    private static final Pattern ADDRESS = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+):(\\d{1,5})");
    private static final int MAX_PORT = 65_535;

    /// An address to listen on, as `host:port`.
    public static ValueType<InetSocketAddress> type() {
        return new ValueType<>(InetSocketAddress.class, new HostPortConverter());
    }

    @Override
    public InetSocketAddress convert(String text) {
        Matcher matcher = ADDRESS.matcher(text);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > MAX_PORT) {
            throw new CommandLine.TypeConversionException(
                    "'" + text + "' is not an address to listen on; write one like 0.0.0.0:7071");
        }
        return InetSocketAddress.createUnresolved(matcher.group(1), Integer.parseInt(matcher.group(2)));
    }
}
