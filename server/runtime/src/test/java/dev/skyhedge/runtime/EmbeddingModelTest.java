package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EmbeddingModelTest {
    private final EmbeddingModel model = Models.shared();

    @Test
    void embedsIntoUnitVectors() {
        float[] embedding = embed("The cat sat on the mat.");

        assertThat(embedding).hasSize(EmbeddingModel.DIMENSIONS);
        assertThat(cosine(embedding, embedding)).isCloseTo(1, within(1e-5));
    }

    @Test
    void similarSentencesAreCloserThanOthers() {
        float[] cat = embed("A cat is sleeping on the sofa.");
        float[] kitten = embed("The kitten naps on a couch.");
        float[] prices = embed("Spot prices rose in three zones yesterday.");
        float[] market = embed("The cost of preemptible instances went up in several regions.");

        assertThat(cosine(cat, kitten)).isGreaterThan(0.6).isGreaterThan(cosine(cat, prices) + 0.4);
        assertThat(cosine(prices, market)).isGreaterThan(cosine(kitten, market) + 0.3);
    }

    @Test
    void sameTextHasSameEmbeddingToTheBit() {
        float[] first = embed("determinism");
        embed("something else, longer, in between");

        assertThat(embed("determinism")).isEqualTo(first);
    }

    /// The quantised model's own values. The tolerance is for processors with other instructions; the full
    /// model has -0.034, 0.031, 0.007, 0.026, -0.039.
    @Test
    void matchesKnownValues() {
        assertThat(Arrays.copyOf(embed("hello world"), 5))
                .containsExactly(new float[] {-0.0357f, 0.0207f, 0.0047f, 0.0265f, -0.0503f}, within(0.01f));
    }

    @Test
    void takesAsManyTokensAsTheModelHasPositions() {
        int[] tokens = new int[EmbeddingModel.MAX_TOKENS];
        Arrays.fill(tokens, 7592);

        assertThat(model.embed(tokens)).hasSize(EmbeddingModel.DIMENSIONS);
        assertThatThrownBy(() -> model.embed(new int[EmbeddingModel.MAX_TOKENS + 1]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private float[] embed(String text) {
        return model.embed(model.tokens(text));
    }

    private static double cosine(float[] a, float[] b) {
        double dot = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * (double) b[i];
        }
        return dot;
    }
}
