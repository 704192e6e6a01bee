package dev.skyhedge.specs.reference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.skyhedge.specs.functions.FunctionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/// Pages that are made from the definitions, as files; rewritten by `-Dgolden.update=true`.
class ReferenceGoldenTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/dev/skyhedge/specs/reference");

    private static void isAsBefore(String name, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(DIRECTORY.resolve(name), text);
        }

        assertThat(text).isEqualTo(Files.readString(DIRECTORY.resolve(name)));
    }

    @Test
    void describesEveryBlock() throws IOException {
        isAsBefore("blocks.md", SpecReference.markdown());
    }

    @Test
    void describesTheSpecToEditors() throws IOException {
        isAsBefore("schema.json", SpecJsonSchema.text());
    }

    @Test
    void isJson() throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(SpecJsonSchema.text())) {
            int depth = 0;
            while (parser.nextToken() != null) {
                depth = Math.max(depth, parser.getParsingContext().getNestingDepth());
            }
            assertThat(depth).isPositive();
        }
    }

    @Test
    void describesEveryFunction() {
        String page = FunctionReference.markdown();

        FunctionTable.standard().all().forEach(f -> {
            assertThat(page).contains("### " + f.name() + "\n\n`" + f.signature());
            assertThat(FunctionReference.markdown(f.name())).isPresent();
        });
        assertThat(FunctionReference.markdown("nothing")).isEmpty();
    }
}
