package dev.skyhedge.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ObjectDiffTest {
    @Test
    void aBlockOfWhichASecretIsAllIsABlockThatNamesIt() {
        ObjectNode keys = JsonNodeFactory.instance.objectNode();
        keys.putObject("team-a").putObject("secret").put("secret", "env:TEAM_A");
        var text = new StringBuilder();

        new ObjectDiff(new Display(120, false), text, Set.of())
                .attributes(JsonNodeFactory.instance.objectNode(), keys, 0);

        assertThat(text.toString().replaceAll("\\s+", " ")).contains("team-a = { + secret = secret(\"env:TEAM_A\")");
    }
}
