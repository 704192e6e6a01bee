package dev.skyhedge.cli.order;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import dev.skyhedge.state.records.Snapshot;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// `skyhedge zone` and its subcommands.
public final class ZoneCommands extends CommandGroup {
    public ZoneCommands(Context context) {
        super(context);
        command("avoid", Avoid::new);
        command("allow", Allow::new);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Keeps new replicas out of a location for a while, whatever the spec permits.",
                "It is written down in the state, where whoever watches reads it at once. Replicas that run there stay:"
                        + " `skyhedge replica replace` moves them.");
    }

    /// What the subcommands have in common: the place.
    private abstract static class OfZone extends OrderCommand {
        String location = "";

        OfZone(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.argument(0, "LOCATION", OptionValues.text())
                    .help("Such as aws/us-east-1/us-east-1a, aws/us-east-1 or aws/us-*.")
                    .into(value -> location = value);
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

    private static final class Avoid extends OfZone {
        Optional<Duration> time = Optional.empty();

        Avoid(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does("Launches nothing in a location until its time is over, or `zone allow`.");
            declared.examples(
                    "  skyhedge zone avoid aws/us-east-1/us-east-1a -for 2h",
                    "  skyhedge zone avoid gcp                             until `skyhedge zone allow gcp`");
            declared.option("--for", "DURATION", OptionValues.duration())
                    .help("For how long; if left out, until `zone allow`.")
                    .into(value -> time = Optional.of(value));
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

    private static final class Allow extends OfZone {
        Allow(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does("Ends what `zone avoid` said about the same location.");
            declared.examples("  skyhedge zone allow aws/us-east-1/us-east-1a");
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
