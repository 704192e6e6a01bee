package dev.skyhedge.architecture;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A module of the build, by the package or packages that it owns, with the modules that it may
/// see. Dependencies point one way: a module only names those above it.
enum HouseModule {
    SPI("dev.skyhedge.spi"),
    SPECS("dev.skyhedge.specs", SPI),
    RECORDS("dev.skyhedge.state.records", SPI),
    STATE("dev.skyhedge.state.store", SPI, RECORDS),
    SIMULATED("dev.skyhedge.providers.simulated", SPI),
    ENGINE(
            "dev.skyhedge.engine.[accelerators|deadline|decision|declared|fleet|guard|kinds|placement|plan|pool|reconcile|retraining|scaling|service|sweep|sweeping|weights|workload]",
            SPI,
            SPECS,
            RECORDS),
    SOLVER("dev.skyhedge.engine.solver", SPI, ENGINE),
    CONTROL("dev.skyhedge.engine.control", SPI, SPECS, RECORDS, STATE, ENGINE),
    SIMULATE("dev.skyhedge.engine.simulate", SPI, SPECS, RECORDS, STATE, SIMULATED, ENGINE),
    LOCAL("dev.skyhedge.providers.local", SPI, SIMULATED),
    CLOUD("dev.skyhedge.providers.cloud", SPI),
    AWS("dev.skyhedge.providers.aws", SPI, CLOUD),
    GCP("dev.skyhedge.providers.gcp", SPI, CLOUD),
    AZURE("dev.skyhedge.providers.azure", SPI, CLOUD),
    KUBERNETES("dev.skyhedge.providers.kubernetes", SPI, CLOUD),
    SSH("dev.skyhedge.providers.ssh", SPI, CLOUD),
    BALANCER("dev.skyhedge.balancer"),
    CONSOLE("dev.skyhedge.console", SPI, SPECS, RECORDS, STATE, ENGINE, CONTROL),
    WATCH("dev.skyhedge.watch", SPI, SPECS, RECORDS, STATE, ENGINE, CONTROL, BALANCER, CONSOLE),
    RUNTIME("dev.skyhedge.runtime"),
    LOAD("dev.skyhedge.load"),
    WEIGHTS("dev.skyhedge.weights"),
    AGENT("dev.skyhedge.agent"),
    CLI("dev.skyhedge.cli", SPI, SPECS, RECORDS, STATE, ENGINE, CONTROL, SIMULATE, BALANCER, CONSOLE, WATCH, LOAD);

    private final String root;
    private final List<HouseModule> visible;

    HouseModule(String root, HouseModule... visible) {
        this.root = root;
        this.visible = List.of(visible);
    }

    /// ArchUnit's pattern for what this module owns and everything below it.
    String packages() {
        return root + "..";
    }

    /// Patterns of all that this module may depend on among our own, itself included.
    String[] visiblePackages() {
        return Stream.concat(Stream.of(this), visible.stream())
                .map(HouseModule::packages)
                .toArray(String[]::new);
    }

    /// Patterns of every module but these.
    static String[] allBut(HouseModule... excepted) {
        Set<HouseModule> rest = EnumSet.complementOf(EnumSet.copyOf(Arrays.asList(excepted)));
        return rest.stream().map(HouseModule::packages).toArray(String[]::new);
    }

    static String[] allPackages() {
        return Arrays.stream(values()).map(HouseModule::packages).toArray(String[]::new);
    }
}
