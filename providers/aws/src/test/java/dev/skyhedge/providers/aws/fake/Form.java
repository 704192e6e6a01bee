package dev.skyhedge.providers.aws.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// The parameters of a call. It remembers which were read, so that one that nobody reads is an error, as it is
/// in EC2.
public final class Form {
    private static final int MAX_LIST = 1000;

    private final SortedMap<String, String> values;
    private final String prefix;
    private final Set<String> read;

    private Form(SortedMap<String, String> values, String prefix, Set<String> read) {
        this.values = values;
        this.prefix = prefix;
        this.read = read;
    }

    static Form parse(String body) {
        SortedMap<String, String> values = new TreeMap<>();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return new Form(values, "", new HashSet<>());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /// All parameters as they came.
    public SortedMap<String, String> values() {
        return Collections.unmodifiableSortedMap(values);
    }

    Optional<String> text(String name) {
        read.add(prefix + name);
        return Optional.ofNullable(values.get(prefix + name));
    }

    String required(String name) {
        return text(name)
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> Ec2Error.badRequest(
                        "MissingParameter", "The request must contain the parameter " + prefix + name));
    }

    Optional<Integer> number(String name) {
        return text(name).map(text -> {
            try {
                return Integer.valueOf(text);
            } catch (NumberFormatException e) {
                throw Ec2Error.invalidValue("Invalid value '" + text + "' for " + prefix + name + ": not a number");
            }
        });
    }

    boolean flag(String name) {
        return text(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Ec2Error.invalidValue("Invalid value '" + text + "' for " + prefix + name);
                })
                .orElse(false);
    }

    Optional<Instant> time(String name) {
        return text(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw Ec2Error.invalidValue("Invalid value '" + text + "' for " + prefix + name + ": not a time");
            }
        });
    }

    /// `Name.1`, `Name.2`, up to the first that is missing.
    List<String> texts(String name) {
        List<String> all = new ArrayList<>();
        for (int i = 1; i <= MAX_LIST; i++) {
            Optional<String> one = text(name + "." + i);
            if (one.isEmpty()) {
                break;
            }
            all.add(one.get());
        }
        return all;
    }

    /// `Name.1.…`, `Name.2.…`, up to the first that has nothing.
    List<Form> groups(String name) {
        List<Form> all = new ArrayList<>();
        for (int i = 1; i <= MAX_LIST; i++) {
            Form one = group(name + "." + i);
            if (one.isEmpty()) {
                break;
            }
            all.add(one);
        }
        return all;
    }

    /// `Name.…`
    Form group(String name) {
        return new Form(values, prefix + name + ".", read);
    }

    boolean isEmpty() {
        SortedMap<String, String> from = values.tailMap(prefix);
        return from.isEmpty() || !from.firstKey().startsWith(prefix);
    }

    /// Fails if there is a parameter that was not read. Called before a call has effects.
    void requireAllRead() {
        for (String name : values.keySet()) {
            if (!read.contains(name)) {
                throw Ec2Error.badRequest("UnknownParameter", "The parameter " + name + " is not recognized");
            }
        }
    }
}
