package dev.skyhedge.balancer.prompt;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PromptReaderProperties {
    private static final byte[] BODY = ("{\"model\":\"m\",\"tools\":[{\"a\":[1,2.5,null,true]}],\"messages\":"
                    + "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"h\\u00e9 \uD83D\uDE00\"}]}]}")
            .getBytes(StandardCharsets.UTF_8);

    @Property
    void anyBytesAreRead(@ForAll byte[] body) {
        assertThatCode(() -> PromptReader.read(body)).doesNotThrowAnyException();
    }

    @Property
    void aBodyWithAWrongByteIsRead(@ForAll @IntRange(max = 150) int at, @ForAll byte wrong) {
        byte[] body = BODY.clone();
        body[at % body.length] = wrong;

        assertThatCode(() -> PromptReader.read(body)).doesNotThrowAnyException();
    }
}
