package dev.skyhedge.providers.simulated.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableLinesTest {
    private static TableLines lines(String text) {
        return new TableLines(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                (line, what, _) -> new IOException(line + ": " + what));
    }

    private static List<List<String>> all(TableLines lines) throws IOException {
        List<List<String>> all = new ArrayList<>();
        while (lines.next()) {
            all.add(lines.cells());
        }
        return all;
    }

    @Test
    void givesCellsAsTheyAreWrittenAndEmptyLinesToo() throws IOException {
        assertThat(all(lines("a, b \r\n\n,\nlast")))
                .containsExactly(List.of("a", " b "), List.of(""), List.of("", ""), List.of("last"));
        assertThat(all(lines(""))).isEmpty();
    }

    @Test
    void saysWhereCellsBegin() throws IOException {
        var lines = lines("x\nécole,5,7\n");
        lines.next();
        lines.next();

        assertThat(lines.line()).isEqualTo(2);
        assertThat(List.of(lines.column(0), lines.column(1), lines.column(2))).containsExactly(1, 7, 9);
    }

    @Test
    void putsLinesTogetherThatAreReadInParts() throws IOException {
        String line = "é".repeat(20_000) + ",1";

        assertThat(all(lines((line + "\n").repeat(5)))).hasSize(5).allMatch(List.of("é".repeat(20_000), "1")::equals);
    }

    @Test
    void refusesALineWithoutEnd() {
        assertThatThrownBy(() -> all(lines("a\n" + "1,".repeat(40_000))))
                .isInstanceOf(IOException.class)
                .hasMessage("2: the line is longer than 65536 bytes");
    }

    @Test
    void skipsAByteOrderMarkAtTheBeginningAlone() throws IOException {
        assertThat(all(lines("\ufeffa\n\ufeffb"))).containsExactly(List.of("a"), List.of("\ufeffb"));
    }
}
