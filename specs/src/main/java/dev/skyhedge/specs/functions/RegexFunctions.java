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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Functions with regular expressions in RE2 syntax, which take linear time whatever the expression.
final class RegexFunctions {
    private static final Pattern GROUP_REFERENCE = Pattern.compile("\\$(?:\\{([0-9A-Za-z_]+)\\}|([0-9A-Za-z_]+)|\\$)");

    static final List<FunctionDefinition> ALL = List.of(
            function(STRING, "regex")
                    .takes("pattern", Type.STRING)
                    .takes("text", Type.STRING)
                    .does("What the regular expression (RE2 syntax) matches first in the text: a string; with groups a"
                            + " tuple of them, with named groups an object. No match is an error.")
                    .example("regex(\"[a-z]+\", \"53453453.345345aaabbbccc23454\")", "\"aaabbbccc\"")
                    .example("regex(\"(\\\\d+)-(\\\\d+)\", \"2026-11\")", "[\"2026\", \"11\"]")
                    .example("regex(\"(?P<zone>[a-z])$\", \"eu-west-1a\")", "{ zone = \"a\" }")
                    .as(RegexFunctions::first),
            function(STRING, "regexall")
                    .takes("pattern", Type.STRING)
                    .takes("text", Type.STRING)
                    .does(
                            "Everything that the regular expression (RE2 syntax) matches in the text, each as `regex` gives"
                                    + " it.")
                    .example("regexall(\"[a-z]+\", \"1a2bc3\")", "tolist([\"a\", \"bc\"])")
                    .example("length(regexall(\"x\", \"abc\"))", "0")
                    .as(RegexFunctions::all),
            function(STRING, "replace")
                    .takes("text", Type.STRING)
                    .takes("search", Type.STRING)
                    .takes("replacement", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text with every occurrence replaced. A search between slashes is a regular expression"
                            + " (RE2 syntax), whose groups the replacement may name: `$1`.")
                    .example("replace(\"a-b-c\", \"-\", \"+\")", "\"a+b+c\"")
                    .example("replace(\"abc\", \"/(b)/\", \"[$1]\")", "\"a[b]c\"")
                    .as(RegexFunctions::replace));

    private RegexFunctions() {}

    private static Value first(Arguments arguments) {
        Pattern pattern = pattern(arguments.text(0), 0);
        Matcher matcher = pattern.matcher(arguments.text(1));
        if (!matcher.find()) {
            throw new FunctionException(-1, "the pattern did not match any part of the text");
        }
        return match(pattern, matcher);
    }

    private static Value all(Arguments arguments) {
        Pattern pattern = pattern(arguments.text(0), 0);
        Matches matches = new Matches(pattern.matcher(arguments.text(1)));
        Type type = type(pattern);
        List<Value> found = new ArrayList<>();
        while (matches.next()) {
            arguments.requireElements(found.size() + 1L);
            found.add(match(pattern, matches.matcher()));
        }
        return new Value.ListValue(type, found);
    }

    private static Type type(Pattern pattern) {
        if (pattern.groupCount() == 0) {
            return Type.STRING;
        }
        if (pattern.namedGroups().isEmpty()) {
            return new Type.TupleOf(java.util.Collections.nCopies(pattern.groupCount(), Type.STRING));
        }
        Map<String, Type> types = new java.util.TreeMap<>();
        pattern.namedGroups().keySet().forEach(name -> types.put(name, Type.STRING));
        return Type.object(types);
    }

    private static Value match(Pattern pattern, Matcher matcher) {
        if (pattern.groupCount() == 0) {
            return Value.of(matcher.group());
        }
        if (pattern.namedGroups().isEmpty()) {
            List<Value> groups = new ArrayList<>();
            for (int i = 1; i <= pattern.groupCount(); i++) {
                groups.add(text(matcher.group(i)));
            }
            return new Value.TupleValue(groups);
        }
        Map<String, Value> groups = new LinkedHashMap<>();
        pattern.namedGroups().forEach((name, index) -> groups.put(name, text(matcher.group(index))));
        return new Value.ObjectValue(groups);
    }

    private static Value text(@Nullable String group) {
        return group == null ? new Value.NullValue(Type.STRING) : Value.of(group);
    }

    private static Pattern pattern(String regex, int argument) {
        try {
            Pattern pattern = Pattern.compile(regex);
            int named = pattern.namedGroups().size();
            if (argument == 0 && named > 0 && named < pattern.groupCount()) {
                throw new FunctionException(0, "groups must be all named or all without a name");
            }
            return pattern;
        } catch (PatternSyntaxException e) {
            throw new FunctionException(argument, "invalid regular expression: " + e.getDescription());
        }
    }

    private static Value replace(Arguments arguments) {
        String search = arguments.text(1);
        return search.length() > 1 && search.startsWith("/") && search.endsWith("/")
                ? replacePattern(arguments, pattern(search.substring(1, search.length() - 1), 1))
                : replaceText(arguments, arguments.text(0), search);
    }

    private static Value replacePattern(Arguments arguments, Pattern pattern) {
        String text = arguments.text(0);
        BoundedText replaced = arguments.bounded();
        Matches matches = new Matches(pattern.matcher(text));
        int from = 0;
        while (matches.next()) {
            replaced.add(text.substring(from, matches.matcher().start()));
            expand(arguments.text(2), matches.matcher(), replaced);
            from = matches.matcher().end();
        }
        return Value.of(replaced.add(text.substring(from)).toString());
    }

    private static Value replaceText(Arguments arguments, String text, String search) {
        BoundedText replaced = arguments.bounded();
        String replacement = arguments.text(2);
        if (search.isEmpty()) {
            text.codePoints().forEach(c -> replaced.add(replacement).add(Character.toString(c)));
            return Value.of(replaced.add(replacement).toString());
        }
        int from = 0;
        for (int at = text.indexOf(search); at >= 0; at = text.indexOf(search, from)) {
            replaced.add(text.substring(from, at)).add(replacement);
            from = at + search.length();
        }
        return Value.of(replaced.add(text.substring(from)).toString());
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

    /// All matches but the empty ones right behind another match, which the language does not count.
    private static final class Matches {
        private final Matcher matcher;
        private int end = -1;

        Matches(Matcher matcher) {
            this.matcher = matcher;
        }

        boolean next() {
            while (matcher.find()) {
                boolean emptyBehindAnother = matcher.start() == matcher.end() && matcher.end() == end;
                if (!emptyBehindAnother) {
                    end = matcher.end();
                    return true;
                }
            }
            return false;
        }

        Matcher matcher() {
            return matcher;
        }
    }
}
