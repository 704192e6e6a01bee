package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.STRING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.BoundedText;
import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Functions of strings. Letters change case one code point at a time, so that `ß` stays `ß`.
final class StringFunctions {
    private static final Type STRINGS = new Type.ListOf(Type.STRING);

    static final List<FunctionDefinition> ALL = List.of(
            function(STRING, "endswith")
                    .takes("text", Type.STRING)
                    .takes("suffix", Type.STRING)
                    .returns(Type.BOOL)
                    .does("Whether the text ends with the suffix.")
                    .example("endswith(\"model-7b\", \"-7b\")", "true")
                    .as(arguments -> Value.of(arguments.text(0).endsWith(arguments.text(1)))),
            function(STRING, "indent")
                    .takes("spaces", Type.NUMBER)
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text with so many spaces before every line but the first.")
                    .example("indent(2, \"a\\nb\")", "\"a\\n  b\"")
                    .as(StringFunctions::indent),
            function(STRING, "join")
                    .takes("separator", Type.STRING)
                    .takesMany("lists", STRINGS)
                    .returns(Type.STRING)
                    .does("All elements of the lists, one after the other, with the separator between them.")
                    .example("join(\", \", [\"a\", \"b\"])", "\"a, b\"")
                    .as(StringFunctions::join),
            function(STRING, "lower")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text in small letters.")
                    .example("lower(\"ABC\")", "\"abc\"")
                    .as(arguments -> Value.of(mapped(arguments.text(0), Character::toLowerCase))),
            function(STRING, "split")
                    .takes("separator", Type.STRING)
                    .takes("text", Type.STRING)
                    .returns(STRINGS)
                    .does("The parts of the text between the separators. An empty separator splits into characters.")
                    .example("split(\",\", \"a,b\")", "tolist([\"a\", \"b\"])")
                    .example("split(\",\", \"\")", "tolist([\"\"])")
                    .example("length(split(\"\", \"abc\"))", "3")
                    .as(StringFunctions::split),
            function(STRING, "startswith")
                    .takes("text", Type.STRING)
                    .takes("prefix", Type.STRING)
                    .returns(Type.BOOL)
                    .does("Whether the text begins with the prefix.")
                    .example("startswith(\"eu-west-1\", \"eu-\")", "true")
                    .as(arguments -> Value.of(arguments.text(0).startsWith(arguments.text(1)))),
            function(STRING, "strcontains")
                    .takes("text", Type.STRING)
                    .takes("part", Type.STRING)
                    .returns(Type.BOOL)
                    .does("Whether the part is anywhere in the text.")
                    .example("strcontains(\"hello\", \"ell\")", "true")
                    .as(arguments -> Value.of(arguments.text(0).contains(arguments.text(1)))),
            function(STRING, "strrev")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The characters in reverse order.")
                    .example("strrev(\"hello\")", "\"olleh\"")
                    .as(arguments -> Value.of(
                            String.join("", Graphemes.of(arguments.text(0)).reversed()))),
            function(STRING, "substr")
                    .takes("text", Type.STRING)
                    .takes("offset", Type.NUMBER)
                    .takes("length", Type.NUMBER)
                    .returns(Type.STRING)
                    .does("So many characters from the offset, which counts from the end if it is negative. A length of"
                            + " -1 takes all the rest.")
                    .example("substr(\"hello\", 1, 3)", "\"ell\"")
                    .example("substr(\"hello\", -3, 2)", "\"ll\"")
                    .as(StringFunctions::substring),
            function(STRING, "title")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text with a capital letter at the beginning of every word.")
                    .example("title(\"hello world\")", "\"Hello World\"")
                    .as(StringFunctions::title),
            function(STRING, "upper")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text in capital letters.")
                    .example("upper(\"straße\")", "\"STRAßE\"")
                    .as(arguments -> Value.of(mapped(arguments.text(0), Character::toUpperCase))));

    private StringFunctions() {}

    private static String mapped(String text, IntUnaryOperator letter) {
        return text.codePoints()
                .map(letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Value join(Arguments arguments) {
        if (arguments.size() < 2) {
            throw new FunctionException(-1, "at least one list is required");
        }
        BoundedText joined = arguments.bounded();
        String separator = "";
        for (int i = 1; i < arguments.size(); i++) {
            for (String text : arguments.texts(i)) {
                joined.add(separator).add(text);
                separator = arguments.text(0);
            }
        }
        return Value.of(joined.toString());
    }

    private static Value split(Arguments arguments) {
        String separator = arguments.text(0);
        String text = arguments.text(1);
        List<Value> parts = new ArrayList<>();
        if (separator.isEmpty()) {
            arguments.requireElements(text.length());
            text.codePoints().forEach(c -> parts.add(Value.of(Character.toString(c))));
            return new Value.ListValue(Type.STRING, parts);
        }
        int from = 0;
        for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
            parts.add(Value.of(text.substring(from, at)));
            arguments.requireElements(parts.size());
            from = at + separator.length();
        }
        parts.add(Value.of(text.substring(from)));
        return new Value.ListValue(Type.STRING, parts);
    }

    private static Value indent(Arguments arguments) {
        int spaces = arguments.integer(0);
        String text = arguments.text(1);
        if (spaces < 0) {
            throw new FunctionException(0, "a number that is not negative is required");
        }
        long lines = text.chars().filter(c -> c == '\n').count();
        if (lines * spaces > arguments.limits().stringLength()) {
            throw new FunctionException(0, "the result would be too long");
        }
        return lines == 0 ? arguments.get(1) : Value.of(text.replace("\n", "\n" + " ".repeat(spaces)));
    }

    private static Value substring(Arguments arguments) {
        List<String> characters = Graphemes.of(arguments.text(0));
        int size = characters.size();
        int offset = arguments.integer(1);
        int length = arguments.integer(2);
        int from = Math.clamp(offset < 0 ? (long) offset + size : offset, 0, size);
        int to = length < 0 ? size : Math.clamp((long) from + length, from, size);
        return Value.of(String.join("", characters.subList(from, to)));
    }

    private static Value title(Arguments arguments) {
        StringBuilder title = new StringBuilder();
        int before = ' ';
        for (int c : arguments.text(0).codePoints().toArray()) {
            title.appendCodePoint(separates(before) ? Character.toTitleCase(c) : c);
            before = c;
        }
        return Value.of(title.toString());
    }

    private static boolean separates(int c) {
        if (Character.isLetterOrDigit(c) || c == '_') {
            return false;
        }
        return c < 0x80 || Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
