package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TokenizerFileTest {
    private static final String SMALL = """
            {"added_tokens": [{"id": 0, "content": "[UNK]", "special": true, "lstrip": false, "rstrip": false,
                               "single_word": false, "normalized": false}],
             "normalizer": {"type": "BertNormalizer", "clean_text": true, "handle_chinese_chars": true,
                            "strip_accents": null, "lowercase": true},
             "pre_tokenizer": {"type": "BertPreTokenizer"},
             "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                       "max_input_chars_per_word": 100, "vocab": {"[UNK]": 0, "a": 1, "##b": 2}}}
            """;

    @Test
    void readsVocabularyAndSpecialTokens() throws IOException {
        TokenizerFile file = read(SMALL);

        assertThat(file.vocabulary()).containsEntry("a", 1).containsEntry("##b", 2);
        assertThat(file.specialTokens()).containsExactly(Map.entry("[UNK]", 0));
        assertThat(file.maxWordLength()).isEqualTo(100);
    }

    @Test
    void refusesWhatItWouldReadWrong() {
        refuses("\"lowercase\": true", "\"lowercase\": false");
        refuses("\"strip_accents\": null", "\"strip_accents\": false");
        refuses("\"type\": \"WordPiece\"", "\"type\": \"BPE\"");
        refuses("\"lstrip\": false", "\"lstrip\": true");
        refuses("\"a\": 1", "\"a\": 1.5");
    }

    private static void refuses(String part, String replacement) {
        assertThat(SMALL).contains(part);
        assertThatThrownBy(() -> read(SMALL.replace(part, replacement)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tokenizer file");
    }

    private static TokenizerFile read(String json) throws IOException {
        return TokenizerFile.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}
