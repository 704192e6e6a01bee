package dev.skyhedge.specs.syntax;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// An operator between two operands; all associate to the left.
public enum BinaryOperator {
    OR("||", 1, Token.Kind.OR),
    AND("&&", 2, Token.Kind.AND),
    EQUAL("==", 3, Token.Kind.EQUAL),
    NOT_EQUAL("!=", 3, Token.Kind.NOT_EQUAL),
    LESS("<", 4, Token.Kind.LESS),
    LESS_OR_EQUAL("<=", 4, Token.Kind.LESS_OR_EQUAL),
    GREATER(">", 4, Token.Kind.GREATER),
    GREATER_OR_EQUAL(">=", 4, Token.Kind.GREATER_OR_EQUAL),
    ADD("+", 5, Token.Kind.PLUS),
    SUBTRACT("-", 5, Token.Kind.MINUS),
    MULTIPLY("*", 6, Token.Kind.STAR),
    DIVIDE("/", 6, Token.Kind.SLASH),
    REMAINDER("%", 6, Token.Kind.PERCENT);

    private static final Map<Token.Kind, BinaryOperator> BY_TOKEN = new EnumMap<>(Token.Kind.class);

    static {
        for (BinaryOperator operator : values()) {
            BY_TOKEN.put(operator.token, operator);
        }
    }

    private final String symbol;
    private final int power;
    private final Token.Kind token;

    BinaryOperator(String symbol, int power, Token.Kind token) {
        this.symbol = symbol;
        this.power = power;
        this.token = token;
    }

    static Optional<BinaryOperator> of(Token.Kind token) {
        return Optional.ofNullable(BY_TOKEN.get(token));
    }

    /// How tightly it binds; more is tighter.
    int power() {
        return power;
    }

    /// As it is written.
    public String symbol() {
        return symbol;
    }
}
