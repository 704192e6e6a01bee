package dev.skyhedge.specs.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.skyhedge.specs.Limits;
import dev.skyhedge.specs.diagnostics.Diagnostic;
import dev.skyhedge.specs.diagnostics.Source;
import dev.skyhedge.specs.diagnostics.SourceRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Text to [Json]. Nesting is bounded by the limits, so recursion is safe.
final class JsonReader {
    private final Source source;
    private final JsonParser parser;

    private JsonReader(Source source, JsonParser parser) {
        this.source = source;
        this.parser = parser;
    }

    /// What became of a text.
    sealed interface Result {
        record Done(Json value) implements Result {}

        record Failed(Diagnostic diagnostic) implements Result {}
    }

    static Result read(Source source, Limits limits) {
        StreamReadConstraints constraints = StreamReadConstraints.builder()
                .maxNestingDepth(limits.nesting())
                .maxNumberLength(limits.numberDigits())
                .maxStringLength(limits.stringLength())
                .maxNameLength(limits.stringLength())
                .build();
        JsonFactory factory =
                JsonFactory.builder().streamReadConstraints(constraints).build();
        try (JsonParser parser = factory.createParser(source.text())) {
            JsonReader reader = new JsonReader(source, parser);
            parser.nextToken();
            if (parser.currentToken() == null) {
                return new Result.Failed(problem(source, 0, "The file is empty. It must hold an object: { … }."));
            }
            Json value = reader.value();
            return parser.nextToken() == null
                    ? new Result.Done(value)
                    : new Result.Failed(
                            problem(source, reader.start(), "There is something after the end of the object."));
        } catch (JsonProcessingException e) {
            int at = e.getLocation() == null
                    ? 0
                    : (int) Math.max(0, e.getLocation().getCharOffset());
            return new Result.Failed(problem(source, at, e.getOriginalMessage() + "."));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("A text cannot fail to be read", e);
        }
    }

    private static Diagnostic problem(Source source, int at, String detail) {
        int place = Math.min(at, source.text().length());
        return Diagnostic.error(source.range(place, place), "Invalid JSON", detail);
    }

    private int start() {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private SourceRange since(int from) {
        int to = (int) parser.currentLocation().getCharOffset();
        return source.range(from, Math.clamp(to, from, source.text().length()));
    }

    private Json value() throws IOException {
        int from = start();
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(from);
            case START_ARRAY -> array(from);
            case VALUE_STRING -> text(from, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                String digits = parser.getText();
                yield new Json.Number(digits, source.range(from, from + digits.length()));
            }
            case VALUE_TRUE -> new Json.Truth(true, source.range(from, from + 4));
            case VALUE_FALSE -> new Json.Truth(false, source.range(from, from + 5));
            case VALUE_NULL -> new Json.Null(source.range(from, from + 4));
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IllegalStateException("A value cannot start with " + parser.currentToken());
        };
    }

    private Json.Text text(int from, String text) throws IOException {
        parser.finishToken();
        boolean verbatim = source.text().startsWith(text + "\"", from + 1);
        int to = verbatim ? from + text.length() + 2 : endOfString(from);
        return new Json.Text(text, verbatim, source.range(from, to));
    }

    private int endOfString(int from) {
        int at = from + 1;
        while (source.text().charAt(at) != '"') {
            at += source.text().charAt(at) == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    private Json object(int from) throws IOException {
        List<Json.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            Json.Text name = text(start(), parser.currentName());
            parser.nextToken();
            members.add(new Json.Member(name, value()));
        }
        return new Json.Members(List.copyOf(members), since(from));
    }

    private Json array(int from) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return new Json.Array(List.copyOf(elements), since(from));
    }
}
