package dev.skyhedge.specs.functions;

import static dev.skyhedge.specs.functions.FunctionDefinition.Group.ENCODING;
import static dev.skyhedge.specs.functions.FunctionDefinition.function;

import dev.skyhedge.specs.values.Type;
import dev.skyhedge.specs.values.Value;
import dev.skyhedge.specs.values.ValueJson;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Functions that write and read other notations.
final class EncodingFunctions {
    static final List<FunctionDefinition> ALL = List.of(
            function(ENCODING, "base64decode")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The UTF-8 text that the Base64 text stands for.")
                    .example("base64decode(\"SGVsbG8=\")", "\"Hello\"")
                    .as(EncodingFunctions::decodeBase64),
            function(ENCODING, "base64encode")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The UTF-8 bytes of the text in Base64.")
                    .example("base64encode(\"Hello\")", "\"SGVsbG8=\"")
                    .as(arguments -> Value.of(
                            Base64.getEncoder().encodeToString(arguments.text(0).getBytes(StandardCharsets.UTF_8)))),
            function(ENCODING, "csvdecode")
                    .takes("text", Type.STRING)
                    .does("The records of a text in the format of RFC 4180, each an object with the names of the first"
                            + " line.")
                    .example("csvdecode(\"a,b\\n1,2\\n\")[0].b", "\"2\"")
                    .as(arguments -> new CsvText(arguments).decode()),
            function(ENCODING, "jsondecode")
                    .takes("text", Type.STRING)
                    .does("The value that the JSON text stands for. Numbers keep all their digits.")
                    .example("jsondecode(\"{\\\"a\\\":[1,null]}\")", "{ a = [1, null] }")
                    .as(JsonText::decode),
            function(ENCODING, "jsonencode")
                    .takesNullable("value", Type.ANY)
                    .returns(Type.STRING)
                    .does("The value as compact JSON with sorted keys.")
                    .example("jsonencode({ b = 1.50, a = [true, null] })", "\"{\\\"a\\\":[true,null],\\\"b\\\":1.5}\"")
                    .as(arguments -> Value.of(
                            ValueJson.write(arguments.get(0), arguments.limits().stringLength()))),
            function(ENCODING, "urlencode")
                    .takes("text", Type.STRING)
                    .returns(Type.STRING)
                    .does("The text as it stands in the query of a URL; a space becomes `+`.")
                    .example("urlencode(\"a b/~*\")", "\"a+b%2F~%2A\"")
                    .as(arguments -> Value.of(URLEncoder.encode(arguments.text(0), StandardCharsets.UTF_8)
                            .replace("*", "%2A")
                            .replace("%7E", "~"))),
            function(ENCODING, "yamldecode")
                    .takes("text", Type.STRING)
                    .does("The value that the one YAML document stands for. Tags of an application are refused.")
                    .example("yamldecode(\"a: [1, x]\\nb: ~\")", "{ a = [1, \"x\"], b = null }")
                    .as(arguments -> new YamlReader(arguments).decode()),
            function(ENCODING, "yamlencode")
                    .takesNullable("value", Type.ANY)
                    .returns(Type.STRING)
                    .does("The value as a YAML document with sorted keys.")
                    .example(
                            "yamlencode({ b = [1, 2], a = \"x\" })",
                            "\"\\\"a\\\": \\\"x\\\"\\n\\\"b\\\":\\n- 1\\n- 2\\n\"")
                    .as(YamlWriter::encode));

    private EncodingFunctions() {}

    private static Value decodeBase64(Arguments arguments) {
        try {
            byte[] bytes = Base64.getDecoder().decode(withoutNewlines(arguments.text(0)));
            return Value.of(utf8(bytes));
        } catch (IllegalArgumentException e) {
            throw new FunctionException(0, "the text is not Base64: " + e.getMessage());
        } catch (CharacterCodingException e) {
            throw new FunctionException(0, "the bytes are not UTF-8 text");
        }
    }

    private static String withoutNewlines(String text) {
        String joined = text.replace("\n", "").replace("\r", "");
        if (joined.length() % 4 != 0) {
            throw new FunctionException(0, "the text is not Base64: its length must be a multiple of 4");
        }
        return joined;
    }

    static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }
}
