package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.STRING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.List;
import java.util.function.IntPredicate;

/// Functions that take something off the ends of a string.
final class TrimFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(STRING, "chomp")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text without the newlines at its end.")
                    .example("chomp(\"hello\\r\\n\\n\")", "\"hello\"")
                    .as(arguments -> Value.of(trim(arguments.text(0), c -> c == '\n' || c == '\r', false))),
            function(STRING, "trim")
                    .takes("text", Type.STRING)
                    .takes("characters", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text without any of the characters at its ends.")
                    .example("trim(\"?!hello?!\", \"!?\")", "\"hello\"")
                    .as(arguments -> Value.of(
                            trim(arguments.text(0), c -> arguments.text(1).indexOf(c) >= 0, true))),
            function(STRING, "trimprefix")
                    .takes("text", Type.STRING)
                    .takes("prefix", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text without the prefix, if it has it.")
                    .example("trimprefix(\"helloworld\", \"hello\")", "\"world\"")
                    .as(arguments -> withoutPrefix(arguments.text(0), arguments.text(1))),
            function(STRING, "trimspace")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text without white space at its ends.")
                    .example("trimspace(\"  hello\\n\\n\")", "\"hello\"")
                    .as(arguments -> Value.of(trim(arguments.text(0), TrimFunctions::isSpace, true))),
            function(STRING, "trimsuffix")
                    .takes("text", Type.STRING)
                    .takes("suffix", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text without the suffix, if it has it.")
                    .example("trimsuffix(\"helloworld\", \"world\")", "\"hello\"")
                    .as(arguments -> withoutSuffix(arguments.text(0), arguments.text(1))));

    private TrimFunctions() {}

    private static Value withoutPrefix(String text, String prefix) {
        return Value.of(text.startsWith(prefix) ? text.substring(prefix.length()) : text);
    }

    private static Value withoutSuffix(String text, String suffix) {
        return Value.of(text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text);
    }

    private static String trim(String text, IntPredicate unwanted, boolean both) {
        int from = 0;
        int to = text.length();
        while (both && from < to && unwanted.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (from < to && unwanted.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || (c >= '\t' && c <= '\r') || c == 0x85;
    }
}
