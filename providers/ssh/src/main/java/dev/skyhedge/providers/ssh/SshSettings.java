package dev.skyhedge.providers.ssh;

import dev.skyhedge.providers.cloud.settings.CheckedSettings;
import dev.skyhedge.providers.cloud.settings.CloudSettings;
import dev.skyhedge.providers.cloud.settings.SettingReader;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.SettingProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The settings of this provider: `hosts`, an object for each machine, and what `ssh` is told beside its own
/// configuration: `identity_file`, `known_hosts`, `connect_timeout` in seconds.
///
/// @param hosts the machines, in the order of the file
/// @param identityFile the key to log in with; empty for the agent or ssh's own choice
/// @param knownHosts the file with the machines' keys; empty for ssh's own
/// @param connectTimeoutSeconds how long a machine may take to answer
/// @param problems what is wrong with them
record SshSettings(
        List<Host> hosts,
        Optional<String> identityFile,
        Optional<String> knownHosts,
        int connectTimeoutSeconds,
        List<SettingProblem> problems)
        implements CheckedSettings {
    static final List<String> NAMES = List.of("hosts", "identity_file", "known_hosts", "connect_timeout");

    private static final List<String> HOST_NAMES = List.of(
            "address", "user", "port", "accelerators", "vcpus", "memory_gb", "rack", "max_replicas", "state_directory");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9._:-]*");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*");
    private static final Pattern DIRECTORY = Pattern.compile("(~/|/)?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final int HIGHEST_PORT = 65_535;
    private static final int MANY = 1_000_000;
    private static final int MIB = 1024;

    @Override
    public boolean hasPublicAddresses() {
        return hosts.stream().anyMatch(Host::isPublic);
    }

    static SshSettings read(Map<String, Object> values, Map<String, String> environment) {
        SettingReader reader = new SettingReader(values);
        List<SettingProblem> problems = new ArrayList<>();
        List<Host> hosts = hosts(values.get("hosts"), problems);
        Optional<String> identity = reader.text("identity_file").map(file -> home(file, environment));
        Optional<String> known = reader.text("known_hosts").map(file -> home(file, environment));
        int timeout = reader.whole("connect_timeout", 10, 1, 120);
        problems.addAll(reader.problems());
        problems.addAll(CloudSettings.unknown(values, NAMES));
        return new SshSettings(hosts, identity, known, timeout, List.copyOf(problems));
    }

    private static String home(String file, Map<String, String> environment) {
        return file.startsWith("~/") ? environment.getOrDefault("HOME", "") + file.substring(1) : file;
    }

    private static List<Host> hosts(@Nullable Object given, List<SettingProblem> problems) {
        if (!(given instanceof Map<?, ?> map) || map.isEmpty()) {
            problems.add(new SettingProblem(
                    "hosts",
                    "names no machine",
                    "Write hosts = { a = { address = \"10.0.0.1\", accelerators = \"A100:8\" } }."));
            return List.of();
        }
        List<Host> hosts = new ArrayList<>();
        map.forEach((name, value) -> host(String.valueOf(name), value, problems).ifPresent(hosts::add));
        twice(hosts).ifPresent(problems::add);
        return List.copyOf(hosts);
    }

    /// One place for claims that has two names would show each claim twice.
    private static Optional<SettingProblem> twice(List<Host> hosts) {
        Map<String, String> names = new HashMap<>();
        for (Host host : hosts) {
            String place =
                    host.address() + ":" + host.port() + " " + host.user().orElse("") + " " + host.stateDirectory();
            String other = names.putIfAbsent(place, host.name());
            if (other != null) {
                return Optional.of(new SettingProblem(
                        "hosts",
                        "names one machine twice, as " + other + " and as " + host.name(),
                        "Take one of them out; max_replicas says how many replicas a machine runs."));
            }
        }
        return Optional.empty();
    }

    private static Optional<Host> host(String name, @Nullable Object value, List<SettingProblem> problems) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> values.put(String.valueOf(key), one));
        }
        SettingReader reader = new SettingReader(values);
        if (!NAME.matcher(name).matches()) {
            reader.wrong("hosts", "\"" + name + "\" cannot be a host's name", "Use a-z, 0-9 and -, at most 63.");
        }
        values.keySet().stream()
                .filter(key -> !HOST_NAMES.contains(key))
                .forEach(key -> reader.wrong(key, "is not known", "A host has " + String.join(", ", HOST_NAMES) + "."));
        Optional<String> address = reader.text("address", ADDRESS, "\"10.0.0.1\"");
        if (!reader.has("address")) {
            reader.wrong("address", "is missing", "Write address = \"10.0.0.1\".");
        }
        int vcpus = reader.whole("vcpus", 1, 1, MANY);
        int memory = reader.whole("memory_gb", 1, 1, MANY);
        Host host = new Host(
                name,
                reader.text("rack", NAME, "\"rack-1\"").orElse("own"),
                address.orElse("-"),
                reader.text("user", USER, "\"ml\""),
                reader.whole("port", 0, 1, HIGHEST_PORT),
                accelerator(reader),
                reader.has("vcpus") && reader.has("memory_gb")
                        ? Optional.of(new MachineShape(vcpus, (long) memory * MIB))
                        : Optional.empty(),
                reader.whole("max_replicas", 1, 1, HIGHEST_PORT),
                reader.text("state_directory", DIRECTORY, "\"/var/lib/skyhedge-claims\"")
                        .orElse(".skyhedge"));
        reader.problems().forEach(one -> problems.add(nested(name, one)));
        return reader.problems().isEmpty() ? Optional.of(host) : Optional.empty();
    }

    private static Accelerator accelerator(SettingReader reader) {
        Optional<String> text = reader.text("accelerators");
        try {
            if (text.isPresent()) {
                return Accelerator.parse(text.get());
            }
            if (!reader.has("accelerators")) {
                reader.wrong("accelerators", "is missing", "Write accelerators = \"A100:8\", or \"CPU:16\".");
            }
        } catch (IllegalArgumentException e) {
            reader.wrong(
                    "accelerators",
                    "\"" + text.orElse("") + "\" is no accelerator",
                    "Write TYPE:COUNT, such as \"A100:8\".");
        }
        return new Accelerator("CPU", 1);
    }

    private static SettingProblem nested(String host, SettingProblem one) {
        return one.setting().equals("hosts")
                ? one
                : new SettingProblem("hosts", one.setting() + " of " + host + " " + one.summary(), one.remedy());
    }
}
