package dev.skyhedge.cli.why;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.engine.decision.Alternative;
import dev.skyhedge.engine.decision.Decision;
import dev.skyhedge.engine.plan.Action;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.state.store.StateStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// `skyhedge why-not`.
public final class WhyNotCommand extends Command {
    /// The planner is asked some twenty times about each.
    private static final int MOST_TURNED = 12;

    private String place = "";
    private final DecisionArguments decisions = new DecisionArguments();

    public WhyNotCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Shows why nothing was launched in a place or a market, and the smallest change that would have turned it.",
                "Asks the latest decision that launched something, or else the latest. The change is one of an offer there:"
                        + " that a pause or refusal were over, the spec permitted it, it were cheaper, more replicas were"
                        + " wanted, or it were placed by another policy. The planner is run again with it:"
                        + " what is shown is what it then does. Of many offers the 12 cheapest are tried.");
        declared.examples(
                "  skyhedge why-not gcp                       anything of a cloud",
                "  skyhedge why-not aws/us-east-1/us-east-1a  one zone",
                "  skyhedge why-not spot -at 14               a market, up to the decision that led to serial 14");
        declared.argument(0, "LOCATION|MARKET", OptionValues.text())
                .help("Such as aws/us-east-1/us-east-1a, aws/us-*, gcp, spot or on_demand.")
                .into(value -> place = value);
        decisions.declare(declared);
    }

    @Override
    protected int run() {
        Predicate<Offer> asked = asked();
        try (StateStore store = decisions.look(context())) {
            KeptDecision kept = KeptDecision.newest(store, decisions.serial(), "\"token\"", WhyNotCommand::launches)
                    .or(() -> KeptDecision.newest(store, decisions.serial(), "", _ -> true))
                    .orElseThrow(
                            () -> new CommandFailure("No decision is kept" + decisions.upToSerial(), Kept.text(store)));
            List<WhyNot> answers = answers(kept.decision(), asked);
            say(
                    decisions.json()
                            ? WhyJson.whyNot(place, kept, answers)
                            : WhyText.whyNot(place, kept, answers, display()));
            return ExitCode.OK;
        }
    }

    private static boolean launches(Decision decision) {
        return decision.actions().stream().anyMatch(Action.Launch.class::isInstance);
    }

    private Predicate<Offer> asked() {
        for (Market market : Market.values()) {
            if (market.word().equals(place)) {
                return offer -> offer.market() == market;
            }
        }
        try {
            LocationPattern pattern = LocationPattern.parse(place);
            return offer -> pattern.matches(offer.location());
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "Invalid LOCATION|MARKET", e.getMessage() + ". A market is one of " + markets() + ".");
        }
    }

    private List<WhyNot> answers(Decision decision, Predicate<Offer> asked) {
        List<WhyNot> answers = new ArrayList<>();
        decision.spec().services().keySet().forEach(service -> {
            List<Alternative> there = decision.alternatives(service).stream()
                    .filter(one -> asked.test(one.offer()))
                    .toList();
            if (!there.isEmpty()) {
                boolean launched = there.stream().anyMatch(one -> one.standing() == Alternative.Standing.CHOSEN);
                answers.add(new WhyNot(
                        service,
                        there,
                        launched
                                ? Optional.empty()
                                : decision.turn(
                                        service,
                                        there.stream().limit(MOST_TURNED).toList())));
            }
        });
        if (answers.isEmpty()) {
            throw nothingThere(decision);
        }
        return answers;
    }

    private CommandFailure nothingThere(Decision decision) {
        List<String> known = decision.world().offers().stream()
                .map(offer -> offer.location().toString())
                .distinct()
                .sorted()
                .toList();
        return new CommandFailure(
                "Nothing was offered there: " + place,
                "Of the accelerators that services name, no offer there was known when that was decided."
                        + Suggestions.sentence(place, known)
                        + " Markets are " + markets() + "; `skyhedge catalog show` shows what is offered now.");
    }

    private static String markets() {
        return String.join(
                " and ", Arrays.stream(Market.values()).map(Market::word).toList());
    }
}
