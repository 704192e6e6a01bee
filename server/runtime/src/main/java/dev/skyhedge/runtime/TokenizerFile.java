package dev.skyhedge.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// What a Hugging Face `tokenizer.json` of the BERT uncased family says.
///
/// Only that family is read. A file that asks for anything else is refused, because a tokenizer that is nearly
/// right gives embeddings that are quietly wrong.
///
/// @param vocabulary ids of word pieces; pieces inside a word start with `##`
/// @param specialTokens ids of tokens that are recognised in raw text, in the order of the file
/// @param maxWordLength code points of a word above which it is unknown
record TokenizerFile(Map<String, Integer> vocabulary, SequencedMap<String, Integer> specialTokens, int maxWordLength) {
    private static final String CONTINUATION = "##";

    static TokenizerFile read(InputStream json) throws IOException {
        JsonNode root = new ObjectMapper().readTree(json);
        JsonNode model = root.path("model");
        require(model, "type", "WordPiece");
        require(model, "unk_token", "[UNK]");
        require(model, "continuing_subword_prefix", CONTINUATION);
        JsonNode normalizer = root.path("normalizer");
        require(normalizer, "type", "BertNormalizer");
        require(normalizer, "clean_text", "true");
        require(normalizer, "handle_chinese_chars", "true");
        require(normalizer, "lowercase", "true");
        // Absent means: as lowercase says, so accents are stripped.
        if (normalizer.path("strip_accents").isBoolean()) {
            require(normalizer, "strip_accents", "true");
        }
        require(root.path("pre_tokenizer"), "type", "BertPreTokenizer");
        return new TokenizerFile(
                vocabulary(model.path("vocab")),
                specialTokens(root.path("added_tokens")),
                model.path("max_input_chars_per_word").intValue());
    }

    private static Map<String, Integer> vocabulary(JsonNode pieces) {
        Map<String, Integer> vocabulary = HashMap.newHashMap(pieces.size());
        pieces.properties().forEach(piece -> vocabulary.put(piece.getKey(), id(piece.getValue())));
        return vocabulary;
    }

    private static SequencedMap<String, Integer> specialTokens(JsonNode tokens) {
        SequencedMap<String, Integer> special = new LinkedHashMap<>();
        for (JsonNode token : tokens) {
            require(token, "special", "true");
            require(token, "lstrip", "false");
            require(token, "rstrip", "false");
            require(token, "single_word", "false");
            require(token, "normalized", "false");
            special.put(token.path("content").textValue(), id(token.path("id")));
        }
        return special;
    }

    private static int id(JsonNode node) {
        if (!node.isInt()) {
            throw new IllegalArgumentException("The tokenizer file has a token id that is no integer: " + node);
        }
        return node.intValue();
    }

    private static void require(JsonNode node, String name, String value) {
        String found = node.path(name).asText();
        if (!found.equals(value)) {
            throw new IllegalArgumentException(
                    "The tokenizer file has " + name + " \"" + found + "\"; only \"" + value + "\" is read");
        }
    }
}
