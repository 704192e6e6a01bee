package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddingsRequestTest {

    @Test
    void readsOneTextOrSeveral() {
        assertThat(parse("{\"model\": \"m\", \"input\": \"a\"}"))
                .isEqualTo(new EmbeddingsRequest.Parsed.Valid(
                        new EmbeddingsRequest("m", List.of("a"), EmbeddingsRequest.Encoding.FLOAT)));
        assertThat(
                        parse(
                                "{\"input\": [\"a\", \"b\"], \"encoding_format\": \"base64\", \"user\": \"u\", \"model\": \"m\"}"))
                .isEqualTo(new EmbeddingsRequest.Parsed.Valid(
                        new EmbeddingsRequest("m", List.of("a", "b"), EmbeddingsRequest.Encoding.BASE64)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"model":"m","input":[1,2]}                              | Arrays of tokens
            {"model":"m","input":[[1],[2]]}                          | Arrays of tokens
            {"model":"m","input":["a",1]}                            | Arrays of tokens
            {"model":"m","input":[]}                                 | 1 to 2048 texts
            {"model":"m","input":""}                                 | not empty
            {"model":"m","input":[null]}                             | not empty
            {"model":"m","input":{}}                                 | `input` is required
            {"model":"m"}                                            | `input` is required
            {"input":"a"}                                            | `model` is required
            {"model":7,"input":"a"}                                  | `model` is required
            {"model":"m","input":"a","encoding_format":"int8"}       | encoding_format
            {"model":"m","input":"a","dimensions":256}               | 384 dimensions
            []                                                       | JSON object
            {"model":"m","input":"a"                                 | not valid JSON
            {"model":"m","input":"a"} {}                             | not valid JSON
            {"model":"m","model":"n","input":"a"}                    | not valid JSON
            [[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]                    | not valid JSON
            """)
    void saysWhatIsWrong(String body, String message) {
        assertThat(parse(body)).isInstanceOfSatisfying(EmbeddingsRequest.Parsed.Invalid.class, invalid -> {
            assertThat(invalid.error().status()).isEqualTo(400);
            assertThat(invalid.error().message()).contains(message);
        });
    }

    @Test
    void refusesAnEmptyBodyAndTooManyTexts() {
        assertThat(parse("")).isInstanceOf(EmbeddingsRequest.Parsed.Invalid.class);
        String many = "\"a\",".repeat(EmbeddingsRequest.MAX_INPUTS) + "\"a\"";
        assertThat(parse("{\"model\":\"m\",\"input\":[" + many + "]}"))
                .isInstanceOf(EmbeddingsRequest.Parsed.Invalid.class);
    }

    private static EmbeddingsRequest.Parsed parse(String body) {
        return EmbeddingsRequest.parse(body.getBytes(StandardCharsets.UTF_8));
    }
}
