package dev.skyhedge.providers.simulated.market;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.skyhedge.providers.simulated.table.Utf8Text;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The `meta.json` of a recorded market, and where in it everything stands.
final class MarketMeta {
    static final String FILE = "meta.json";

    private static final long MAX_BYTES = 4L << 20;

    private final JsonNode root;
    private final Map<JsonPointer, JsonLocation> places;

    private MarketMeta(JsonNode root, Map<JsonPointer, JsonLocation> places) {
        this.root = root;
        this.places = places;
    }

    static MarketMeta read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (Files.size(file) > MAX_BYTES) {
            throw new MarketFormatException(FILE, "is larger than " + MAX_BYTES + " bytes");
        }
        try {
            String text = Utf8Text.of(Files.readAllBytes(file), true);
            return new MarketMeta(new ObjectMapper().readTree(text), places(text));
        } catch (CharacterCodingException e) {
            throw new MarketFormatException(FILE, "is not encoded in UTF-8");
        } catch (JacksonException e) {
            JsonLocation at = Optional.ofNullable(e.getLocation()).orElse(JsonLocation.NA);
            throw new MarketFormatException(
                    FILE, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), e.getOriginalMessage());
        }
    }

    private static Map<JsonPointer, JsonLocation> places(String text) throws IOException {
        Map<JsonPointer, JsonLocation> places = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                places.putIfAbsent(parser.getParsingContext().pathAsPointer(), parser.currentTokenLocation());
            }
        }
        return places;
    }

    JsonNode root() {
        return root;
    }

    /// Something is wrong with a field, or it is missing in the object that it belongs to.
    ///
    /// @param object where it belongs
    MarketFormatException wrong(JsonPointer object, String field, String problem) {
        JsonLocation at = places.get(object.appendProperty(field));
        if (at == null) {
            at = places.getOrDefault(object, JsonLocation.NA);
        }
        return new MarketFormatException(FILE, Math.max(1, at.getLineNr()), Math.max(1, at.getColumnNr()), problem);
    }

    /// @throws MarketFormatException if it is missing or not text
    String text(JsonPointer object, String field) throws MarketFormatException {
        String text = root.at(object).path(field).asText("");
        if (text.isEmpty()) {
            throw wrong(object, field, "a series has no \"" + field + "\"");
        }
        return text;
    }

    /// @throws MarketFormatException if it is missing or not from 1 to `max`
    int positive(JsonPointer object, String field, int max) throws MarketFormatException {
        int number = root.at(object).path(field).asInt(0);
        if (number < 1 || number > max) {
            throw wrong(object, field, "\"" + field + "\" is a whole number from 1 to " + max);
        }
        return number;
    }
}
