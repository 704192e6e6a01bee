package dev.skyhedge.console.live;

import dev.skyhedge.engine.control.ControllerListener;
import dev.skyhedge.engine.plan.Plan;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.state.records.Change;
import dev.skyhedge.state.records.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// What a controller did, for a page that is looked at. A step is only noted here: whatever is made of it is made by
/// the threads of the console. Thread-safe.
public final class LiveFeed implements ControllerListener {
    /// How many plans that changed something are kept.
    static final int DECISIONS = 50;

    private final EventLog events = new EventLog();
    private final Deque<Plan> decisions = new ArrayDeque<>();
    private Optional<Plan> latest = Optional.empty();
    private volatile Runnable news = () -> {};

    @Override
    public void stepped(Step step) {
        for (Change change : step.changes()) {
            if (change instanceof Change.AppendEvent(Event event)) {
                events.add(event);
            }
        }
        note(step.plan());
        news.run();
    }

    private synchronized void note(Plan plan) {
        latest = Optional.of(plan);
        if (plan.hasChanges()) {
            decisions.addFirst(plan);
            if (decisions.size() > DECISIONS) {
                decisions.removeLast();
            }
        }
    }

    /// Another process controls from here on: what this one planned is in force no more.
    public synchronized void resign() {
        latest = Optional.empty();
    }

    @Override
    public void routed(Routes routes) {}

    @Override
    public void providerFailed(String provider, Failure failure) {}

    /// Is told, by the controller's thread, that there is something new; it must return at once.
    public void tells(Runnable listener) {
        news = listener;
    }

    /// Events as they come.
    public EventLog events() {
        return events;
    }

    /// The plan in force; empty before the first one of this process and while another one controls.
    public synchronized Optional<Plan> latest() {
        return latest;
    }

    /// The latest plans that changed something, newest first.
    public synchronized List<Plan> decisions() {
        return List.copyOf(decisions);
    }
}
