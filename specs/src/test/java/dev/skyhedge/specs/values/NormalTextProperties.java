package dev.skyhedge.specs.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

class NormalTextProperties {
    @Property
    void isWhatTheTablesOfUnicodeSay(@ForAll("texts") String text) {
        assertThat(NormalText.of(text)).isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC));
    }

    /// Letters, what combines with them on either side of the bound, Hangul in parts, and everything else.
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.chars().range('A', 'z')),
                        Tuple.of(3, Arbitraries.chars().range('\u02f0', '\u0345')),
                        Tuple.of(1, Arbitraries.chars().range('\u1100', '\u11ff')),
                        Tuple.of(1, Arbitraries.chars().all()))
                .list()
                .ofMaxSize(12)
                .map(characters -> {
                    StringBuilder text = new StringBuilder();
                    characters.forEach(text::append);
                    return text.toString();
                });
    }

    @Test
    void noSingleCharacterBelowTheBoundChangesBesideAnother() {
        for (char first = 0; first < '\u0300'; first++) {
            for (char second = 0; second < '\u0300'; second++) {
                String text = "" + first + second;
                assertThat(Normalizer.isNormalized(text, Normalizer.Form.NFC)).isTrue();
            }
        }
    }
}
