package dev.skyhedge.specs.schema;

import java.util.regex.Pattern;

/// What may name a block.
public final class Names {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,62}");
    private static final Pattern SERVICE = Pattern.compile("[a-z][a-z0-9-]{0,47}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,47}");

    private Names() {}

    /// Whether it may name a variable, an output, a provider.
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /// Whether it may name a service: it becomes part of names in clouds, which are the strictest.
    public static boolean isServiceName(String text) {
        return SERVICE.matcher(text).matches();
    }

    /// Whether it may be the key of an instance of a service.
    public static boolean isInstanceKey(String text) {
        return KEY.matcher(text).matches();
    }
}
