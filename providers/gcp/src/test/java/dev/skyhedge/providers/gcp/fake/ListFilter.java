package dev.skyhedge.providers.gcp.fake;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.MessageOrBuilder;
import dev.skyhedge.providers.cloud.fake.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The filter expressions of list methods: `labels.a = b`, `labels.a:*`, `name != x`, `name eq 'a.*'`,
/// parentheses, `AND`, `OR`, `NOT` and groups side by side. A field that the resource has not is an error.
final class ListFilter {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*(\\(|\\)|!=|>=|<=|=|:|<|>|\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s()=!<>:\"]+)");
    private static final int MAX_LENGTH = 4_096;

    private final List<String> tokens = new ArrayList<>();
    private final Message type;
    private int next;

    private ListFilter(String text, Message type) {
        this.type = type;
        if (text.length() > MAX_LENGTH) {
            throw invalid(text, "It is too long");
        }
        Matcher matcher = TOKEN.matcher(text);
        int end = 0;
        while (end < text.length() && matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw invalid(text, "Cannot read it from column " + end);
        }
    }

    /// Reads a filter for resources of this type.
    static Predicate<MessageOrBuilder> parse(String text, Message type) {
        ListFilter filter = new ListFilter(text, type);
        Predicate<MessageOrBuilder> expression = filter.any();
        if (filter.next < filter.tokens.size()) {
            throw invalid(text, "Unexpected '" + filter.tokens.get(filter.next) + "'");
        }
        return expression;
    }

    private Predicate<MessageOrBuilder> any() {
        Predicate<MessageOrBuilder> left = all();
        while (take("OR")) {
            left = left.or(all());
        }
        return left;
    }

    private Predicate<MessageOrBuilder> all() {
        Predicate<MessageOrBuilder> left = one();
        while (take("AND") || (next < tokens.size() && !peek(")") && !peek("OR"))) {
            left = left.and(one());
        }
        return left;
    }

    private Predicate<MessageOrBuilder> one() {
        if (take("NOT")) {
            return one().negate();
        }
        if (take("(")) {
            Predicate<MessageOrBuilder> inner = any();
            if (!take(")")) {
                throw invalid(String.join(" ", tokens), "Missing ')'");
            }
            return inner;
        }
        return comparison(word(), word(), unquote(word()));
    }

    private Predicate<MessageOrBuilder> comparison(String field, String operator, String value) {
        requireField(field);
        return switch (operator) {
            case "=" -> resource -> value(resource, field).filter(value::equals).isPresent();
            case "!=" ->
                resource -> value(resource, field).filter(value::equals).isEmpty();
            case ":" ->
                resource -> value(resource, field)
                        .filter(actual -> value.equals("*") || actual.contains(value))
                        .isPresent();
            case "eq" ->
                resource -> value(resource, field)
                        .filter(actual -> actual.matches(value))
                        .isPresent();
            case ">", ">=", "<", "<=" ->
                resource -> value(resource, field)
                        .filter(actual -> ordered(actual.compareTo(value), operator))
                        .isPresent();
            default -> throw invalid(String.join(" ", tokens), "Unknown operator '" + operator + "'");
        };
    }

    private static boolean ordered(int comparison, String operator) {
        return operator.startsWith(">")
                ? comparison > 0 || (comparison == 0 && operator.endsWith("="))
                : comparison < 0 || (comparison == 0 && operator.endsWith("="));
    }

    private void requireField(String path) {
        String first = path.split("\\.", 2)[0];
        if (type.getDescriptorForType().getFields().stream()
                .noneMatch(field -> field.getJsonName().equals(first))) {
            throw invalid(path, "No such field");
        }
    }

    private static Optional<String> value(MessageOrBuilder resource, String path) {
        String[] parts = path.split("\\.", 2);
        for (FieldDescriptor field : resource.getDescriptorForType().getFields()) {
            if (!field.getJsonName().equals(parts[0])) {
                continue;
            }
            if (field.isMapField()) {
                return mapValue(resource, field, parts.length > 1 ? parts[1] : "");
            }
            if (field.isRepeated() || !resource.hasField(field)) {
                return Optional.empty();
            }
            Object value = resource.getField(field);
            return value instanceof Message inner && parts.length > 1
                    ? value(inner, parts[1])
                    : Optional.of(String.valueOf(value));
        }
        return Optional.empty();
    }

    private static Optional<String> mapValue(MessageOrBuilder resource, FieldDescriptor field, String key) {
        for (int i = 0; i < resource.getRepeatedFieldCount(field); i++) {
            Message entry = (Message) resource.getRepeatedField(field, i);
            FieldDescriptor keyField = field.getMessageType().findFieldByName("key");
            if (entry.getField(keyField).equals(key)) {
                return Optional.of(
                        String.valueOf(entry.getField(field.getMessageType().findFieldByName("value"))));
            }
        }
        return Optional.empty();
    }

    private boolean peek(String token) {
        return next < tokens.size() && tokens.get(next).equals(token);
    }

    private boolean take(String token) {
        if (peek(token)) {
            next++;
            return true;
        }
        return false;
    }

    private String word() {
        if (next >= tokens.size()) {
            throw invalid(String.join(" ", tokens), "It ends too early");
        }
        return tokens.get(next++);
    }

    private static String unquote(String token) {
        return token.startsWith("\"") || token.startsWith("'") ? token.substring(1, token.length() - 1) : token;
    }

    private static Refusal invalid(String text, String what) {
        return Refusals.invalid("filter", text, "Invalid list filter expression. " + what + ".");
    }
}
