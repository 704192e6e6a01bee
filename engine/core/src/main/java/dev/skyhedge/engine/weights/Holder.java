package dev.skyhedge.engine.weights;

import java.util.Optional;

/// A machine that holds the whole model and may send it.
///
/// @param outgoing the share of its outgoing link that serving traffic uses, as measured, 0 to 1
public record Holder(Peer peer, Role role, double outgoing) {
    /// Above it a link is busy with serving.
    public static final double BUSY = 0.1;

    /// What a replica does with what it computes.
    public enum Role {
        /// Everything: only its answers leave it.
        WHOLE,
        /// Reads prompts, and sends what it has cached of them to others all the time.
        PREFILL,
        /// Emits tokens; caches of prompts only come in.
        DECODE
    }

    public Holder {
        if (!(outgoing >= 0 && outgoing <= 1)) {
            throw new IllegalArgumentException("A share is between 0 and 1, not " + outgoing);
        }
    }

    /// Why it may not send: the model would share its link with what clients wait for. Empty if it may.
    Optional<String> busy() {
        if (role == Role.PREFILL) {
            return Optional.of("it sends caches of prompts to decoders");
        }
        return outgoing > BUSY
                ? Optional.of("serving uses " + Math.round(outgoing * 100) + " % of its outgoing link")
                : Optional.empty();
    }
}
