package dev.skyhedge.balancer.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/// What is read of an answer that passes in parts.
class UsageScanProperties {
    private static UsageScan scan(String... parts) {
        var scan = new UsageScan();
        for (String part : parts) {
            scan.look(ByteBuffer.wrap(part.getBytes(StandardCharsets.UTF_8)));
        }
        return scan;
    }

    private static String[] cut(String text, Random random) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int to = Math.min(text.length(), from + 1 + random.nextInt(7));
            parts.add(text.substring(from, to));
            from = to;
        }
        return parts.toArray(String[]::new);
    }

    private static String quoted(String text) {
        var json = new StringBuilder();
        text.chars()
                .forEach(c -> json.append(
                        c == '"' || c == '\\'
                                ? "\\" + (char) c
                                : c < ' ' ? String.format("\\u%04x", c) : "" + (char) c));
        return json.toString();
    }

    @Property
    void theUsageOfAnAnswerIsFoundWhereverItIsCutAndWhateverTheModelSays(
            @ForAll String says,
            @ForAll @LongRange(min = 0, max = 1_000_000) long prompt,
            @ForAll @LongRange(min = 0, max = 1_000_000) long completion,
            @ForAll Random random) {
        String answer =
                "{\"choices\":[{\"message\":{\"content\":\"" + quoted(says) + "\"}}],\"usage\": {\"prompt_tokens\": "
                        + prompt + ",\"completion_tokens\" :" + completion + ",\"total_tokens\":9,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":7}}}";

        UsageScan scan = scan(cut(answer, random));

        assertThat(scan.prompt()).isEqualTo(prompt);
        assertThat(scan.completion()).isEqualTo(completion);
    }

    @Property
    void aModelThatWritesUsageHasToldNothing(
            @ForAll @LongRange(min = 0, max = 1_000) long number, @ForAll Random random) {
        String lie = quoted("{\"usage\":{\"prompt_tokens\":" + number + ",\"completion_tokens\":1}}");

        UsageScan scan = scan(cut("data: {\"choices\":[{\"delta\":{\"content\":\"" + lie + "\"}}]}\n\n", random));

        assertThat(scan.prompt()).isZero();
        assertThat(scan.completion()).isZero();
    }

    @Example
    void theLastOfManyCounts() {
        UsageScan scan = scan(
                "data: {\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":1}}\n\n",
                "data: {\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n");

        assertThat(scan.completion()).isEqualTo(2);
    }

    @Example
    void newerNamesAreKnownToo() {
        UsageScan scan = scan("{\"usage\":{\"input_tokens\":36,\"input_tokens_details\":{},\"output_tokens\":87}}");

        assertThat(scan.prompt()).isEqualTo(36);
        assertThat(scan.completion()).isEqualTo(87);
    }

    @Example
    void whatIsNullIsNotTold() {
        assertThat(scan("{\"usage\":{\"prompt_tokens\":null,\"completion_tokens\":\"7\"}}")
                        .prompt())
                .isZero();
    }
}
