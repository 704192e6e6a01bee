package dev.skyhedge.engine.fleet;

import dev.skyhedge.spi.HourlyPrice;
import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/// The launches of all parts of one workload. Where there is no room for all of them, each part has its turn: first
/// what is to serve and what stands in for it, of the part that has had the smallest share so far, and spares of any
/// part only then.
public final class PartedLaunches implements Arbiter.Claims {
    private final List<Turn> turns;

    /// @param launches of a part
    /// @param rising how many replicas it has that serve or are on their way to
    /// @param wanted how many are to serve
    public record Turn(Launches launches, int rising, int wanted) {
        private double served() {
            return wanted == 0 ? 1 : (double) (rising + launches.granted()) / wanted;
        }
    }

    private static final Comparator<Turn> MOST_URGENT = Comparator.<Turn, Arbiter.Precedence>comparing(
                    turn -> turn.launches().next())
            .thenComparing(turn -> turn.launches().nextIsSpare())
            .thenComparingDouble(Turn::served);

    private PartedLaunches(List<Turn> turns) {
        this.turns = List.copyOf(turns);
    }

    /// @param turns in the order of the demand's parts, at least one, which as the only one needs no turns
    public static Arbiter.Claims of(List<Turn> turns) {
        return turns.size() == 1 ? turns.getFirst().launches() : new PartedLaunches(turns);
    }

    private Optional<Turn> turn() {
        return turns.stream().filter(turn -> turn.launches().hasNext()).min(MOST_URGENT);
    }

    private Launches first() {
        return turn().map(Turn::launches).orElseThrow(NoSuchElementException::new);
    }

    @Override
    public boolean hasNext() {
        return turn().isPresent();
    }

    @Override
    public Arbiter.Precedence next() {
        return first().next();
    }

    @Override
    public HourlyPrice nextPrice() {
        return first().nextPrice();
    }

    @Override
    public void grantNext() {
        first().grantNext();
    }
}
