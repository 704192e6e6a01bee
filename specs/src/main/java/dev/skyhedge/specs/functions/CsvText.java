package dev.skyhedge.specs.functions;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Comma-separated values (RFC 4180) to a list of objects. Strict: no quote inside an unquoted field, nothing
/// between a closing quote and the next comma. Empty lines do not count. Libraries are more lenient, each in
/// its own way.
final class CsvText {
    private final Arguments arguments;
    private final String text;
    private int at;

    CsvText(Arguments arguments) {
        this.arguments = arguments;
        this.text = arguments.text(0).replace("\r\n", "\n");
    }

    Value decode() {
        List<List<String>> records = new ArrayList<>();
        while (at < text.length()) {
            if (text.charAt(at) == '\n') {
                at++;
            } else {
                arguments.requireElements(records.size());
                records.add(line());
            }
        }
        if (records.isEmpty()) {
            throw new FunctionException(0, "a line with the names of the fields is missing");
        }
        List<String> names = records.removeFirst();
        if (new HashSet<>(names).size() < names.size()) {
            throw new FunctionException(0, "two fields have the same name");
        }
        List<Value> objects = records.stream().map(r -> object(names, r)).toList();
        Map<String, Type> types = new LinkedHashMap<>();
        names.stream().sorted().forEach(name -> types.put(name, Type.STRING));
        return new Value.ListValue(
                objects.isEmpty() ? Type.object(types) : objects.getFirst().type(), objects);
    }

    private static Value object(List<String> names, List<String> fields) {
        if (names.size() != fields.size()) {
            throw new FunctionException(
                    0, "a record has " + fields.size() + " fields, but there are " + names.size() + " names");
        }
        Map<String, Value> attributes = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            attributes.put(names.get(i), Value.of(fields.get(i)));
        }
        return new Value.ObjectValue(attributes);
    }

    private List<String> line() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            boolean more = at < text.length() && text.charAt(at) == ',';
            at++;
            if (!more) {
                return fields;
            }
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && text.charAt(at) != ',' && text.charAt(at) != '\n') {
            if (text.charAt(at++) == '"') {
                throw new FunctionException(0, "a quote stands in a field that is not quoted");
            }
        }
        return text.substring(from, at);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        int from = at + 1;
        for (int quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', from)) {
            field.append(text, from, quote);
            char next = quote + 1 < text.length() ? text.charAt(quote + 1) : '\n';
            if (next != '"') {
                at = quote + 1;
                if (next != ',' && next != '\n') {
                    throw new FunctionException(0, "a quoted field must end with its closing quote");
                }
                return field.toString();
            }
            field.append('"');
            from = quote + 2;
        }
        throw new FunctionException(0, "a closing quote is missing");
    }
}
