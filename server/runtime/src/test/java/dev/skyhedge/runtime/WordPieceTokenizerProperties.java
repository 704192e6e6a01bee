package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class WordPieceTokenizerProperties {
    private static final int VOCABULARY = 30_522;

    @Property(tries = 300)
    void anyTextIsTokensOfTheVocabularyBetweenBeginAndEnd(@ForAll String text) {
        int[] ids = Models.shared().tokens(text);

        assertThat(ids).startsWith(101).endsWith(102).hasSizeGreaterThanOrEqualTo(2);
        assertThat(Arrays.stream(ids)).allMatch(id -> id >= 0 && id < VOCABULARY);
    }

    @Property(tries = 300)
    void whiteSpaceAroundTextChangesNothing(@ForAll String text) {
        assertThat(Models.shared().tokens(" \t" + text + "\n\u00a0"))
                .containsExactly(Models.shared().tokens(text));
    }
}
