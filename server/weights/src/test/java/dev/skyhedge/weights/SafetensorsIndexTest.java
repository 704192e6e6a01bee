package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsIndexTest {
    @TempDir
    private Path directory;

    private Path file(String header, int dataBytes) throws IOException {
        Path file = directory.resolve("m.safetensors");
        Models.safetensors(file, header, dataBytes);
        return file;
    }

    @Test
    void tellsWhereEachTensorIsInTheFile() throws IOException {
        SafetensorsIndex index = SafetensorsIndex.read(file(
                "{\"b\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[4,10]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[2,2],\"data_offsets\":[0,4]}}",
                10));

        long data = index.headerEnd();
        assertThat(index.tensors())
                .containsExactly(
                        new SafetensorsIndex.Tensor("a", data, data + 4),
                        new SafetensorsIndex.Tensor("b", data + 4, data + 10));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 4, 3, 7, 7, an overlap",
        "0, 4, 5, 9, 9, a gap",
        "1, 5, 5, 9, 9, a gap",
        "0, 4, 4, 8, 9, the file at",
        "0, 4, 4, 8, 7, the file at",
        "0, 5, 5, 9, 9, by its shape"
    })
    void refusesOverlapsGapsAndShapesThatDoNotFit(int from, int to, int next, int end, int size, String why)
            throws IOException {
        String header = """
                {"a":{"dtype":"U8","shape":[4],"data_offsets":[%d,%d]},"b":{"dtype":"U8","shape":[4],"data_offsets":[%d,%d]}}""".formatted(from, to, next, end);

        assertThatThrownBy(() -> SafetensorsIndex.read(file(header, size)))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1", "100000001", "9223372036854775807", "50"})
    void refusesHeadersThatCannotBe(long length) throws IOException {
        Path file = directory.resolve("m.safetensors");
        byte[] bytes = ByteBuffer.allocate(40)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length)
                .array();
        Files.write(file, bytes);

        assertThatThrownBy(() -> SafetensorsIndex.read(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("header");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]|no object",
                "{\"a\":1}|has no dtype",
                "{\"a\":{\"dtype\":\"X\",\"shape\":[],\"data_offsets\":[0,1]}}|has no dtype",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9000000000000000000,9000000000000000000],\"data_offsets\":[0,1]}}|larger than any file",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1.5],\"data_offsets\":[0,1]}}|a number that is none",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]},\"a\":2}|Duplicate",
                "{\"a\":|Unexpected end",
                "{} 1|more text",
                "{\"__metadata__\":[[[[[[[[[1]]]]]]]]]}|nesting"
            })
    void refusesHeadersThatAreNone(String header, String why) throws IOException {
        Path file = file(header, 1);

        assertThatThrownBy(() -> SafetensorsIndex.read(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining(why);
    }
}
