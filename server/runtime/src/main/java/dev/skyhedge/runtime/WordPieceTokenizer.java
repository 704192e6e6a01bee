package dev.skyhedge.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Turns text into the token ids of a BERT uncased model: `[CLS]`, word pieces by greedy longest match, `[SEP]`.
///
/// The well-kept library for this (Hugging Face's, by way of DJL) asks the cloud's metadata service and reports
/// home when it starts, and fetches another native library where it finds a GPU, so it serves as the oracle of
/// the tests only. Immutable and safe for use by several threads.
final class WordPieceTokenizer {
    private final TokenizerFile file;
    private final Pattern special;
    private final int unknown;
    private final int begin;
    private final int end;

    WordPieceTokenizer(TokenizerFile file) {
        this.file = file;
        this.special = Pattern.compile(
                file.specialTokens().keySet().stream().map(Pattern::quote).collect(Collectors.joining("|")));
        this.unknown = specialId("[UNK]");
        this.begin = specialId("[CLS]");
        this.end = specialId("[SEP]");
    }

    /// The token ids, `[CLS]` and `[SEP]` included.
    int[] encode(String text) {
        IntStream.Builder ids = IntStream.builder();
        ids.add(begin);
        Matcher matcher = special.matcher(text);
        int start = 0;
        while (matcher.find()) {
            encodePlain(text.substring(start, matcher.start()), ids);
            ids.add(specialId(matcher.group()));
            start = matcher.end();
        }
        encodePlain(text.substring(start), ids);
        ids.add(end);
        return ids.build().toArray();
    }

    private void encodePlain(String text, IntStream.Builder ids) {
        BertNormalizer.words(text)
                .forEach(word ->
                        Arrays.stream(pieces(word).orElse(new int[] {unknown})).forEach(ids::add));
    }

    /// The pieces of a word; empty if it has a part that the vocabulary lacks, which makes the whole word
    /// unknown.
    private Optional<int[]> pieces(String word) {
        if (word.codePointCount(0, word.length()) > file.maxWordLength()) {
            return Optional.empty();
        }
        IntStream.Builder ids = IntStream.builder();
        int start = 0;
        while (start < word.length()) {
            int end = longestPiece(word, start, ids);
            if (end == start) {
                return Optional.empty();
            }
            start = end;
        }
        return Optional.of(ids.build().toArray());
    }

    private int longestPiece(String word, int start, IntStream.Builder ids) {
        String prefix = start == 0 ? "" : "##";
        Map<String, Integer> vocabulary = file.vocabulary();
        for (int end = word.length(); end > start; end--) {
            Integer id = vocabulary.get(prefix + word.substring(start, end));
            if (id != null) {
                ids.add(id);
                return end;
            }
        }
        return start;
    }

    private int specialId(String token) {
        Integer id = file.specialTokens().get(token);
        if (id == null) {
            throw new IllegalArgumentException("The tokenizer file has no token " + token);
        }
        return id;
    }
}
