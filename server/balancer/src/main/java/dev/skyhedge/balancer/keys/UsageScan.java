package dev.skyhedge.balancer.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Reads the tokens of an answer from what passes to the client: the numbers of the last `usage` in it, of whichever of
/// the OpenAI APIs. It keeps a name and a number, and no part of the answer.
///
/// A member's name stands between two quotes with a colon behind them. The text that a model writes cannot look like
/// that, because quotes in a JSON string are escaped. Fed by one thread at a time; read by any.
final class UsageScan {
    private static final byte[][] NAMES = {
        name("prompt_tokens"), name("completion_tokens"), name("input_tokens"), name("output_tokens")
    };
    private static final int LONGEST_NAME = 17;
    private static final int MOST_DIGITS = 12;
    private static final int COMPLETION = 1;

    private enum State {
        OUTSIDE,
        NAME,
        COLON,
        NUMBER
    }

    private final byte[] name = new byte[LONGEST_NAME];
    private State state = State.OUTSIDE;
    private int length;
    private int member;
    private int digits;
    private long number;
    private volatile long prompt;
    private volatile long completion;

    private static byte[] name(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// Tokens of the prompt that the answer has told of; 0 if none yet.
    long prompt() {
        return prompt;
    }

    /// The same of the completion.
    long completion() {
        return completion;
    }

    /// Looks at the next part of the answer, and leaves it as it is.
    void look(ByteBuffer part) {
        for (int i = part.position(); i < part.limit(); i++) {
            take(part.get(i));
        }
    }

    private void take(byte next) {
        switch (state) {
            case OUTSIDE -> {
                if (next == '"') {
                    open();
                }
            }
            case NAME -> inName(next);
            case COLON -> afterName(next);
            case NUMBER -> inNumber(next);
        }
    }

    private void open() {
        state = State.NAME;
        length = 0;
    }

    private void inName(byte next) {
        if (next == '"') {
            member = memberNamed();
            if (member >= 0) {
                state = State.COLON;
            } else {
                open(); // what closes one text opens another where the one before was escaped
            }
        } else if (length == LONGEST_NAME) {
            state = State.OUTSIDE;
        } else {
            name[length++] = next;
        }
    }

    private int memberNamed() {
        for (int i = 0; i < NAMES.length; i++) {
            byte[] wanted = NAMES[i];
            if (wanted.length == length && Arrays.equals(name, 0, length, wanted, 0, length)) {
                return i;
            }
        }
        return -1;
    }

    private void afterName(byte next) {
        if (next == ':') {
            state = State.NUMBER;
            digits = 0;
            number = 0;
        } else if (!isSpace(next)) {
            state = State.OUTSIDE;
            take(next);
        }
    }

    private void inNumber(byte next) {
        if (next >= '0' && next <= '9' && digits < MOST_DIGITS) {
            number = number * 10 + (next - '0');
            digits++;
        } else if (digits > 0 || !isSpace(next)) {
            if (digits > 0) {
                told();
            }
            state = State.OUTSIDE;
            take(next);
        }
    }

    private void told() {
        if (member % 2 == COMPLETION) {
            completion = number;
        } else {
            prompt = number;
        }
    }

    private static boolean isSpace(byte next) {
        return next == ' ' || next == '\t' || next == '\n' || next == '\r';
    }
}
