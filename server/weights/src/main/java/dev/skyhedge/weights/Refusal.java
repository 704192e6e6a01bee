package dev.skyhedge.weights;

import java.util.Arrays;
import java.util.Optional;

/// Why a machine does not send a model.
public enum Refusal {
    /// It has, or gets, another model.
    WRONG_MANIFEST(1),
    /// It knows a newer plan than the one that asks.
    OLD_EPOCH(2),
    /// It sends to nobody, or to no more.
    NOT_A_SOURCE(3),
    /// It is about to be taken away.
    DRAINING(4),
    /// The other one does not know the plan's token.
    UNKNOWN(5),
    /// It speaks another version.
    OTHER_VERSION(6);

    private final int code;

    Refusal(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static Optional<Refusal> of(int code) {
        return Arrays.stream(values()).filter(each -> each.code == code).findFirst();
    }
}
