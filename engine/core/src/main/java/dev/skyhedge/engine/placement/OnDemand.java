package dev.skyhedge.engine.placement;

import dev.skyhedge.engine.placement.PlacementDecision.Choice;
import dev.skyhedge.engine.placement.PlacementDecision.Role;
import dev.skyhedge.spi.Market;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every replica on-demand, where that is cheapest.
final class OnDemand implements PlacementPolicy {
    @Override
    public PlacementDecision decide(PlacementRequest request) {
        var chooser = new OnDemandChooser(request);
        int missing = request.missing(Market.ON_DEMAND, request.wanted());
        List<Choice> choices = new ArrayList<>();
        for (int i = 0; i < missing; i++) {
            Optional<Choice> choice = chooser.choose(Role.ON_DEMAND);
            if (choice.isEmpty()) {
                return new PlacementDecision(
                        0,
                        request.wanted(),
                        request.wanted(),
                        choices,
                        List.of(),
                        List.of(Blocked.because(missing - i, "on-demand", chooser.book(), request.now())),
                        chooser.book().nextRetry());
            }
            choices.add(choice.get());
        }
        return new PlacementDecision(
                0, request.wanted(), request.wanted(), choices, List.of(), List.of(), Optional.empty());
    }
}
