package dev.skyhedge.engine.weights;

import java.util.List;

/// What a loss changes.
///
/// @param transfer with the next epoch if anything changed
/// @param stuck machines that nobody can send the rest to: no whole copy, no store
public record RepairStep(Transfer transfer, List<Reparent> moves, List<String> stuck) {
    public RepairStep {
        moves = List.copyOf(moves);
        stuck = List.copyOf(stuck);
    }
}
