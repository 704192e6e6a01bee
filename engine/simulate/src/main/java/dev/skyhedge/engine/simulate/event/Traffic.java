package dev.skyhedge.engine.simulate.event;

import dev.skyhedge.engine.reconcile.Message;
import dev.skyhedge.engine.reconcile.Routes;
import dev.skyhedge.engine.reconcile.Step;
import java.time.Instant;
import java.util.List;

/// What happens at the endpoints while time passes: requests, and what a balancer would tell of them.
public interface Traffic {
    /// Nobody asks for anything.
    Traffic NONE = new Traffic() {
        @Override
        public Instant advanceTo(Instant until) {
            return until;
        }

        @Override
        public List<Message> takeMessages() {
            return List.of();
        }

        @Override
        public void beforeStep(List<Message> messages, Instant now) {}

        @Override
        public void committed(Step step) {}

        @Override
        public void routed(Routes routes) {}
    };

    /// Lets time pass.
    ///
    /// @return `until`, or an earlier time at which there are messages
    Instant advanceTo(Instant until);

    /// What there is to tell, once.
    List<Message> takeMessages();

    /// The controller is about to plan: adds the figures that a balancer would have told by now.
    void beforeStep(List<Message> messages, Instant now);

    /// The controller committed changes.
    void committed(Step step);

    /// A routing table is in use from now on.
    void routed(Routes routes);
}
