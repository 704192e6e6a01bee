package dev.skyhedge.console;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decides by the `Host` that a client used whether it means this console. A web page may let its own name
/// resolve to a loopback address and so have a browser talk to us (DNS rebinding); its name gives it away.
final class HostCheck {
    private static final Pattern LOOPBACK_V4 = Pattern.compile("127(\\.\\d{1,3}){3}");
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "::1", "0:0:0:0:0:0:0:1");

    private final Set<String> names;
    private final boolean anyHost;

    /// @param loopback whether the console is bound to a loopback address; otherwise any host is permitted
    HostCheck(ConsoleSettings settings, boolean loopback) {
        names = new TreeSet<>(settings.names());
        names.add(bare(settings.host()));
        anyHost = !loopback;
    }

    /// @param host as the client wrote it, without the port; null if it wrote none
    boolean permits(@Nullable String host) {
        if (anyHost) {
            return true;
        }
        if (host == null) {
            return false;
        }
        String name = bare(host);
        return names.contains(name)
                || LOOPBACK_NAMES.contains(name)
                || LOOPBACK_V4.matcher(name).matches();
    }

    private static String bare(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        return bracketed ? name.substring(1, name.length() - 1) : name;
    }
}
