package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.STRING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
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
            function(STRING, "replace")
                    .takes("text", Type.STRING)
                    .takes("search", Type.STRING)
                    .takes("replacement", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text with every occurrence replaced. A search between slashes is a regular expression"
                            + " (RE2 syntax), whose groups the replacement may name: `$1`.")
                    .example("replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\"")
                    .example("replace(\"abc\", \"/(b)/\", \"[$1]\")", "\"a[b]c\"")
                    .as(StringFunctions::replace),
            function(STRING, "split")
                    .takes("separator", Type.STRING)
                    .takes("text", Type.STRING)
                    .returns(STRINGS)
                    .does("The parts of the text between the separators. An empty separator splits into characters.")
                    .example("split(\",\", \"a,b\")", "tolist([\"a\", \"b\"])")
                    .example("split(\",\", \"\")", "tolist([\"\"])")
                    .example("length(split(\"\", \"abc\"))", "3")
                    .as(StringFunctions::split),
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

    private static Value replace(Arguments arguments) {
        String text = arguments.text(0);
        String search = arguments.text(1);
        String replacement = arguments.text(2);
        BoundedText replaced = arguments.bounded();
        if (search.length() > 2 && search.startsWith("/") && search.endsWith("/")) {
            Matcher matcher = pattern(search.substring(1, search.length() - 1)).matcher(text);
            int from = 0;
            while (matcher.find()) {
                replaced.add(text.substring(from, matcher.start()));
                expand(replacement, matcher, replaced);
                from = matcher.end();
            }
            return Value.of(replaced.add(text.substring(from)).toString());
        }
        int from = 0;
        for (int at = text.indexOf(search); at >= 0 && at < text.length(); at = text.indexOf(search, from)) {
            if (search.isEmpty()) {
                replaced.add(replacement).add(text.substring(at, at + 1));
                from = at + 1;
            } else {
                replaced.add(text.substring(from, at)).add(replacement);
                from = at + search.length();
            }
        }
        return Value.of(replaced.add(text.substring(from))
                .add(search.isEmpty() ? replacement : "")
                .toString());
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new FunctionException(1, "invalid regular expression: " + e.getDescription());
        }
    }

    /// `$1`, `${1}`, `$name`, `${name}`; `$$` is a dollar sign; a group that there is none of is empty.
    private static void expand(String replacement, Matcher matcher, BoundedText replaced) {
        Matcher reference = GROUP_REFERENCE.matcher(replacement);
        int from = 0;
        while (reference.find()) {
            replaced.add(replacement.substring(from, reference.start()));
            String braced = reference.group(1);
            String name = braced != null ? braced : reference.group(2);
            replaced.add(name == null ? "$" : group(matcher, name));
            from = reference.end();
        }
        replaced.add(replacement.substring(from));
    }

    private static final Pattern GROUP_REFERENCE = Pattern.compile("\\$(?:\\{([0-9A-Za-z_]+)\\}|([0-9A-Za-z_]+)|\\$)");

    private static String group(Matcher matcher, String name) {
        if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
            boolean exists = name.length() < 4 && Integer.parseInt(name) <= matcher.groupCount();
            String text = exists ? matcher.group(Integer.parseInt(name)) : null;
            return text == null ? "" : text;
        }
        Integer index = matcher.pattern().namedGroups().get(name);
        String text = index == null ? null : matcher.group(index);
        return text == null ? "" : text;
    }
}
