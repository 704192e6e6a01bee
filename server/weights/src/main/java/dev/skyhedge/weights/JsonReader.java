package dev.skyhedge.weights;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads JSON strictly, as RFC 8259 has it, without duplicate names. Objects are maps, arrays are lists,
/// numbers are `BigDecimal`, null is `JsonReader.NULL`.
final class JsonReader {
    static final Object NULL = new Object();
    private static final int MAX_DEPTH = 32;
    private static final int MAX_NUMBER_LENGTH = 40;

    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    static Object read(String text) throws InvalidInput {
        JsonReader reader = new JsonReader(text);
        Object value = reader.value(0);
        reader.space();
        if (reader.at < text.length()) {
            throw reader.wrong("more text after the value");
        }
        return value;
    }

    private Object value(int depth) throws InvalidInput {
        if (depth > MAX_DEPTH) {
            throw wrong("too many levels");
        }
        space();
        return switch (peek()) {
            case '{' -> object(depth);
            case '[' -> array(depth);
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", NULL);
            default -> number();
        };
    }

    private Map<String, Object> object(int depth) throws InvalidInput {
        Map<String, Object> object = new LinkedHashMap<>();
        at++;
        space();
        if (peek() == '}') {
            at++;
            return object;
        }
        while (true) {
            space();
            String name = string();
            space();
            expect(':');
            if (object.put(name, value(depth + 1)) != null) {
                throw wrong("\"" + name + "\" is there twice");
            }
            space();
            if (peek() == '}') {
                at++;
                return object;
            }
            expect(',');
        }
    }

    private List<Object> array(int depth) throws InvalidInput {
        List<Object> array = new ArrayList<>();
        at++;
        space();
        if (peek() == ']') {
            at++;
            return array;
        }
        while (true) {
            array.add(value(depth + 1));
            space();
            if (peek() == ']') {
                at++;
                return array;
            }
            expect(',');
        }
    }

    private String string() throws InvalidInput {
        expect('"');
        StringBuilder string = new StringBuilder();
        while (peek() != '"') {
            char letter = next();
            if (letter < ' ') {
                throw wrong("a control character in a string");
            }
            string.append(letter == '\\' ? escaped() : letter);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws InvalidInput {
        char letter = next();
        return switch (letter) {
            case '"', '\\', '/' -> letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unicode();
            default -> throw wrong("an unknown escape");
        };
    }

    private char unicode() throws InvalidInput {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(next(), 16);
            if (digit < 0) {
                throw wrong("an escape without four hexadecimal digits");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private BigDecimal number() throws InvalidInput {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        if (number.length() > MAX_NUMBER_LENGTH || !number.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
            at = start;
            throw wrong("no value");
        }
        return new BigDecimal(number);
    }

    private Object word(String word, Object value) throws InvalidInput {
        if (!text.startsWith(word, at)) {
            throw wrong("no value");
        }
        at += word.length();
        return value;
    }

    private void space() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private char peek() throws InvalidInput {
        if (at >= text.length()) {
            throw wrong("it ends too early");
        }
        return text.charAt(at);
    }

    private char next() throws InvalidInput {
        char letter = peek();
        at++;
        return letter;
    }

    private void expect(char letter) throws InvalidInput {
        if (next() != letter) {
            at--;
            throw wrong("no '" + letter + "'");
        }
    }

    private InvalidInput wrong(String what) {
        return new InvalidInput("This is no JSON: " + what + " at character " + at);
    }
}
