package dev.skyhedge.cli.simulate;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.view.Elapsed;
import dev.skyhedge.engine.simulate.event.Lag;
import dev.skyhedge.engine.simulate.event.Lags;
import dev.skyhedge.engine.simulate.event.RoundTrips;
import dev.skyhedge.engine.simulate.event.ServiceTimeText;
import dev.skyhedge.engine.simulate.event.TrafficSettings;
import dev.skyhedge.engine.simulate.workload.Workload;
import dev.skyhedge.engine.simulate.workload.WorkloadFormatException;
import dev.skyhedge.engine.simulate.workload.WorkloadText;
import dev.skyhedge.specs.EndpointSpec;
import dev.skyhedge.specs.ServiceSpec;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.FileReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What only the event protocol of `skyhedge simulate` asks for.
final class EventOptions {
    private static final EndpointSpec NO_ENDPOINT =
            new EndpointSpec("127.0.0.1", 8080, EndpointSpec.Policy.LEAST_LOAD, 1_000, Duration.ofMinutes(10));
    /// All of its options.
    static final List<String> NAMES =
            List.of("--length", "--lengths", "--service-time", "--slots", "--timeout", "--clients", "--notice");

    /// Those that mean something only where there are requests.
    static final List<String> OF_REQUESTS = List.of("--lengths", "--service-time", "--slots", "--timeout", "--clients");

    private static final Duration MAX_LENGTH = Duration.ofDays(400);

    Duration length = Duration.ZERO;
    Optional<Path> lengths = Optional.empty();
    String serviceTime = "";
    int slots;
    Duration timeout = Duration.ZERO;
    List<String> clients = new ArrayList<>();
    Duration notice = Duration.ZERO;

    void declare(Declaration declared) {
        declared.option("--length", "DURATION", OptionValues.duration())
                .byDefault("24h")
                .help("Event protocol: how long a window is; default ${DEFAULT-VALUE}.")
                .into(value -> length = value);
        declared.option("--lengths", "FILE", OptionValues.path())
                .help("Event protocol: token counts for requests that have none of their own.")
                .into(value -> lengths = Optional.of(value));
        declared.option("--service-time", "KIND:VALUE", OptionValues.text())
                .byDefault("exponential:10s")
                .help("Event protocol: how long a replica works on a request: constant:S, exponential:S,"
                        + " tokens:FIRST,IN,OUT, profile:FILE or profile:FILE@GPU; default ${DEFAULT-VALUE}.")
                .into(value -> serviceTime = value);
        declared.option("--slots", "N", OptionValues.smallNumber())
                .byDefault("1")
                .help("Event protocol: requests that a replica works on at once; default ${DEFAULT-VALUE}.")
                .into(value -> slots = value);
        declared.option("--timeout", "DURATION", OptionValues.duration())
                .byDefault("100s")
                .help("Event protocol: when a client gives up; default ${DEFAULT-VALUE}.")
                .into(value -> timeout = value);
        declared.option("--clients", "us=SHARE,…", OptionValues.text())
                .split(",")
                .help("Event protocol: where clients are: us, eu, asia, sa with their shares; default us=1.")
                .all(values -> clients = values);
        declared.option("--notice", "DURATION", OptionValues.duration())
                .byDefault("0s")
                .help("Event protocol: from a preemption notice to the end; default ${DEFAULT-VALUE}, no notice.")
                .into(value -> notice = value);
    }

    /// @throws CommandFailure if the window has no length
    Duration checkedLength(Duration warmUp) {
        if (length.compareTo(warmUp) <= 0 || length.compareTo(MAX_LENGTH) > 0) {
            throw new CommandFailure(
                    "Invalid length",
                    "A window is longer than " + warmUp.toMinutes() + " minutes and at most 400 days.");
        }
        return length;
    }

    /// @throws CommandFailure if no replica could be ready within the window
    void checkColdStart(Duration coldStart) {
        if (coldStart.compareTo(length) >= 0) {
            throw new CommandFailure(
                    "Nothing to simulate",
                    "A cold start is shorter than a window: give a shorter -cold-start or a longer -length.");
        }
    }

    /// Replicas that start more slowly than their service allows are given up, perhaps all of them: worth a word
    /// before somebody takes the market for the cause.
    static Optional<Diagnostic> tooSlow(Duration coldStart, ServiceSpec service) {
        Duration longest = longest(coldStart);
        Duration initialDelay = service.readiness().initialDelay();
        return longest.compareTo(initialDelay) < 0
                ? Optional.empty()
                : Optional.of(Diagnostic.warning(
                        "Replicas may be given up before they are ready",
                        "With -cold-start=" + Elapsed.text(coldStart) + " a replica takes up to "
                                + Elapsed.text(longest)
                                + " until it is ready, and initial_delay of " + service.address() + " gives it "
                                + Elapsed.text(initialDelay)
                                + ". Give a longer initial_delay in its readiness block."));
    }

    private static Duration longest(Duration mean) {
        return mean.multipliedBy(4).dividedBy(3);
    }

    /// A cold start of this mean, spread by a third, half of it to boot.
    Lags lags(Duration coldStart) {
        Lags standard = Lags.DEFAULT;
        Duration half = coldStart.dividedBy(2);
        Lag part = new Lag.Uniform(half.multipliedBy(2).dividedBy(3), longest(half));
        return new Lags(standard.call(), standard.refusal(), part, part, part, standard.event(), notice, 1);
    }

    /// @throws CommandFailure if a text or a file is wrong
    TrafficSettings traffic(String workload, ServiceSpec service, Duration beginsAfter) {
        if (slots < 1 || slots > 100_000 || timeout.isZero() || timeout.isNegative()) {
            throw new CommandFailure("Invalid replica", "A replica has from 1 to 100000 slots, and clients wait.");
        }
        try {
            Workload requests = WorkloadText.read(workload, lengths);
            return new TrafficSettings(
                    requests,
                    ServiceTimeText.read(serviceTime, slots),
                    slots,
                    timeout,
                    roundTrips(),
                    service.endpoint().orElse(NO_ENDPOINT),
                    BalancerChoice::forTable,
                    beginsAfter);
        } catch (WorkloadFormatException e) {
            throw new CommandFailure("The workload cannot be read", String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandFailure("The workload cannot be read", FileReason.of(e) + ".");
        }
    }

    @SuppressWarnings("EnumOrdinal") // the shares are in the order of the continents
    private RoundTrips roundTrips() {
        if (clients.isEmpty()) {
            return RoundTrips.US_CLIENTS;
        }
        Double[] shares = {0.0, 0.0, 0.0, 0.0};
        try {
            for (String client : clients) {
                String[] parts = client.split("=", 2);
                var continent = RoundTrips.Continent.valueOf(parts[0].toUpperCase(Locale.ROOT));
                shares[continent.ordinal()] = Double.valueOf(parts[1]);
            }
            return new RoundTrips(List.of(shares));
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new CommandFailure(
                    "Invalid clients",
                    "Write shares of us, eu, asia and sa, such as us=0.6,eu=0.4, not " + clients + ".");
        }
    }
}
