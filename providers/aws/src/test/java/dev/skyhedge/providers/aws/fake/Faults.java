package dev.skyhedge.providers.aws.fake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// What goes wrong on order. Thread-safe.
public final class Faults {
    /// A way to go wrong.
    public sealed interface Fault {
        /// The connection breaks before the call has any effect.
        record CallLost() implements Fault {}

        /// The call takes effect, then the connection breaks.
        record ReplyLost() implements Fault {}

        /// The call takes effect, then the answer is cut in the middle.
        record ReplyTorn() implements Fault {}

        /// This answer instead of the call, which has no effect.
        record Canned(int status, String body) implements Fault {}

        /// An error of EC2 without effect.
        record Refused(String code, String message, int status) implements Fault {}

        /// An error of EC2 although the call took effect.
        record FailedAfterEffect(String code, int status) implements Fault {}
    }

    private record Order(String action, String region, Fault fault) {}

    private static final String ANYWHERE = "";

    private final List<Order> orders = new ArrayList<>();
    private final Map<String, UnaryOperator<String>> changes = new TreeMap<>();
    private final Set<String> cutOff = new HashSet<>();
    private boolean down;
    private boolean denied;

    /// The next call of this action goes wrong.
    public void next(String action, Fault fault) {
        next(action, ANYWHERE, fault, 1);
    }

    /// The next calls of this action in a region go wrong.
    public synchronized void next(String action, String region, Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            orders.add(new Order(action, region, fault));
        }
    }

    /// Nothing reaches this region until [#reconnect].
    public synchronized void cutOff(String region) {
        cutOff.add(region);
    }

    /// Ends [#cutOff].
    public synchronized void reconnect(String region) {
        cutOff.remove(region);
    }

    /// Every call is answered with an internal error, or none is any more.
    public synchronized void down(boolean whole) {
        down = whole;
    }

    /// Every call is refused from now on: the account's user may do nothing.
    public synchronized void denyAll() {
        denied = true;
    }

    /// Every answer to this action has another body from now on.
    public synchronized void change(String action, UnaryOperator<String> body) {
        changes.put(action, body);
    }

    synchronized String changed(String action, String body) {
        return changes.getOrDefault(action, UnaryOperator.identity()).apply(body);
    }

    /// Forgets all orders.
    public synchronized void clear() {
        orders.clear();
        changes.clear();
        cutOff.clear();
        down = false;
        denied = false;
    }

    synchronized Optional<Fault> take(String action, String region) {
        if (down) {
            return Optional.of(new Fault.Refused("InternalError", "An internal error has occurred", 500));
        }
        if (denied) {
            return Optional.of(new Fault.Refused(
                    "UnauthorizedOperation", "You are not authorized to perform this operation.", 403));
        }
        for (Iterator<Order> all = orders.iterator(); all.hasNext(); ) {
            Order order = all.next();
            if (order.action.equals(action) && (order.region.equals(ANYWHERE) || order.region.equals(region))) {
                all.remove();
                return Optional.of(order.fault);
            }
        }
        return cutOff.contains(region) ? Optional.of(new Fault.CallLost()) : Optional.empty();
    }
}
