package dev.skyhedge.balancer.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromptReaderTest {
    private static final String LONG = "Answer as a pirate would. ".repeat(100);

    private static Optional<Prompt> read(String body) {
        return PromptReader.read(body.getBytes(StandardCharsets.UTF_8));
    }

    private static Prompt chat(String... contents) {
        var messages = new StringBuilder();
        for (String content : contents) {
            messages.append(messages.isEmpty() ? "" : ",")
                    .append("{\"role\":\"user\",\"content\":\"" + content + "\"}");
        }
        return read("{\"model\":\"m\",\"messages\":[" + messages + "]}").orElseThrow();
    }

    private static int shared(Prompt one, Prompt other) {
        int blocks = 0;
        while (blocks < Math.min(one.blocks(), other.blocks()) && one.hashes()[blocks] == other.hashes()[blocks]) {
            blocks++;
        }
        return blocks;
    }

    @Test
    void aConversationThatGoesOnSharesWhatItBeganWith() {
        Prompt begun = chat(LONG);
        Prompt goneOn = chat(LONG, LONG);

        assertThat(begun.blocks()).isEqualTo(10);
        assertThat(begun.tokens()).isCloseTo(LONG.length() / 4.0, within(20.0));
        assertThat(shared(begun, goneOn)).isEqualTo(10);
        assertThat(shared(begun, chat("x" + LONG))).isZero();
    }

    @Test
    void whiteSpaceEscapesAndTheOrderOfFieldsDoNotMatter() {
        Prompt plain = read("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"é" + LONG + "\"}]}")
                .orElseThrow();
        Prompt other = read("{ \"stream\":true,\n\"messages\": [ {\"role\": \"user\", \"content\": \"\\u00e9" + LONG
                        + "\"} ], \"model\":\"m\"}")
                .orElseThrow();

        assertThat(other).isEqualTo(plain);
    }

    @Test
    void modelSaltAndToolsSeparatePrompts() {
        String fields = "\"messages\":[{\"role\":\"user\",\"content\":\"" + LONG + "\"}]}";
        Prompt plain = read("{" + fields).orElseThrow();

        assertThat(shared(plain, read("{\"model\":\"m\"," + fields).orElseThrow()))
                .isZero();
        assertThat(shared(plain, read("{\"cache_salt\":\"s\"," + fields).orElseThrow()))
                .isZero();
        assertThat(shared(
                        plain,
                        read("{\"tools\":[{\"type\":\"function\"}]," + fields).orElseThrow()))
                .isZero();
    }

    @Test
    void aCompletionHasItsPromptAsTextOrAsTokens() {
        assertThat(read("{\"prompt\":\"" + LONG + "\"}").orElseThrow().blocks()).isEqualTo(10);
        assertThat(read("{\"prompt\":[" + "1234,".repeat(299) + "5]}")
                        .orElseThrow()
                        .blocks())
                .isEqualTo(5);
    }

    @Test
    void whatIsLongerThanAllBlocksCountsWithItsLength() {
        Prompt huge = read("{\"prompt\":\"" + "a".repeat(400_000) + "\"}").orElseThrow();

        assertThat(huge.blocks()).isEqualTo(256);
        assertThat(huge.tokens()).isCloseTo(100_000, within(1.0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"messages\":", "{\"prompt\":\"short\"}", "{\"prompt\":null}"})
    void whatHasNoPromptIsNoError(String body) {
        assertThat(read(body)).isEmpty();
    }

    @Test
    void aBodyThatIsCutTooLargeTooDeepOrFollowedByMoreHasNoPrompt() {
        String whole = "{\"prompt\":\"" + LONG + "\"}";

        assertThat(read(whole)).isPresent();
        assertThat(read(whole.substring(0, whole.length() - 1))).isEmpty();
        assertThat(read(whole + "{}")).isEmpty();
        assertThat(read("{\"prompt\":\"" + "a".repeat(PromptReader.MAX_BODY_BYTES) + "\"}"))
                .isEmpty();
        assertThat(read("{\"prompt\":\"" + LONG + "\",\"x\":" + "[".repeat(100) + "]".repeat(100) + "}"))
                .isEmpty();
    }
}
