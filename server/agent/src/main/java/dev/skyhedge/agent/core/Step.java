package dev.skyhedge.agent.core;

import dev.skyhedge.agent.protocol.Answer;
import java.util.List;

/// @param state to be written down before the effects
/// @param effects in their order
public record Step(AgentState state, List<Effect> effects, Answer answer) {
    public Step {
        effects = List.copyOf(effects);
    }

    static Step done(AgentState state, String detail, Effect... effects) {
        return new Step(state, List.of(effects), new Answer.Done(detail));
    }

    static Step refused(AgentState state, Answer.Code code, String message) {
        return new Step(state, List.of(), new Answer.Refused(code, message));
    }
}
