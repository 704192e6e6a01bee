package dev.skyhedge.weights;

import java.io.IOException;

/// What came from outside, a file or the network, is not what it has to be.
public final class InvalidInput extends IOException {
    private static final long serialVersionUID = 1;

    InvalidInput(String message) {
        super(message);
    }
}
