package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Token ids as Hugging Face tokenizers 0.21 makes them of the same tokenizer file.
class WordPieceTokenizerGoldenTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> cases() throws IOException {
        var file = Objects.requireNonNull(WordPieceTokenizerGoldenTest.class.getResourceAsStream("token-ids.jsonl"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void encodesAsTheReferenceDoes(String line) throws IOException {
        JsonNode golden = JSON.readTree(line);
        JsonNode ids = golden.get("ids");

        assertThat(Models.shared().tokens(golden.get("text").textValue()))
                .containsExactly(IntStream.range(0, ids.size())
                        .map(i -> ids.get(i).intValue())
                        .toArray());
    }
}
