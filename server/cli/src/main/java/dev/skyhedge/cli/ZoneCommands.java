package dev.skyhedge.cli;

import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.Order;
import dev.skyhedge.state.PlacedOrder;
import dev.skyhedge.state.Snapshot;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `skyhedge zone` and its subcommands.
@CommandLine.Command(
        name = "zone",
        description = {
            "Keeps new replicas out of a location for a while, whatever the spec permits.",
            "It is written down in the state, where whoever watches reads it at once. Replicas that run there stay:"
                    + " `skyhedge replica replace` moves them."
        })
final class ZoneCommands implements Runnable {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    @CommandLine.Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // filled in by picocli
    private ZoneCommands() {}

    static CommandLine commandLine(Context context) {
        return new CommandLine(new ZoneCommands())
                .addSubcommand(new Avoid(context))
                .addSubcommand(new Allow(context));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /// What the subcommands have in common: the place.
    private abstract static class OfZone extends OrderCommand {
        @Parameters(
                index = "0",
                paramLabel = "LOCATION",
                description = "Such as aws/us-east-1/us-east-1a, aws/us-east-1 or aws/us-*.")
        String location = "";

        OfZone(Context context) {
            super(context);
        }

        LocationPattern pattern() {
            try {
                return LocationPattern.parse(location);
            } catch (IllegalArgumentException e) {
                throw new CommandFailure("Invalid LOCATION", e.getMessage() + ".");
            }
        }

        @Override
        boolean movesReplicas() {
            return false;
        }

        @Override
        boolean isSeen(PlacedOrder placed, Snapshot snapshot) {
            return true;
        }
    }

    @CommandLine.Command(
            name = "avoid",
            description = "Launches nothing in a location until its time is over, or `zone allow`.",
            footer = {
                "  skyhedge zone avoid aws/us-east-1/us-east-1a -for 2h",
                "  skyhedge zone avoid gcp                             until `skyhedge zone allow gcp`"
            })
    private static final class Avoid extends OfZone {
        @Option(
                names = "--for",
                paramLabel = "DURATION",
                converter = DurationConverter.class,
                description = "For how long; if left out, until `zone allow`.")
        Optional<Duration> time = Optional.empty();

        Avoid(Context context) {
            super(context);
        }

        @Override
        Order order(Snapshot snapshot) {
            return new Order.AvoidZone(
                    pattern(),
                    time.map(length -> context().clock().instant().plus(length).truncatedTo(ChronoUnit.SECONDS)));
        }

        @Override
        String operation() {
            return "zone avoid";
        }
    }

    @CommandLine.Command(
            name = "allow",
            description = "Ends what `zone avoid` said about the same location.",
            footer = "  skyhedge zone allow aws/us-east-1/us-east-1a")
    private static final class Allow extends OfZone {
        Allow(Context context) {
            super(context);
        }

        @Override
        Order order(Snapshot snapshot) {
            return new Order.AllowZone(pattern());
        }

        @Override
        String operation() {
            return "zone allow";
        }
    }
}
