package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
    @TempDir
    private Path directory;

    private static Manifest of(String path, List<Manifest.Extent> extents) throws InvalidInput {
        return Manifest.checked(
                List.of(new Manifest.ModelFile(path, 10)),
                1024,
                extents,
                List.of(1),
                List.of(Digest.of(new byte[10], 10)));
    }

    @Test
    void survivesBeingWrittenAndRead() throws IOException {
        Manifest manifest = ModelDirectory.manifest(Models.small(directory.resolve("m")), Models.CHUNK);

        assertThat(Manifest.decoded(manifest.encoded())).isEqualTo(manifest);
    }

    @Test
    void anotherByteIsAnotherId() throws IOException {
        Path model = Models.small(directory.resolve("m"));
        Digest before = ModelDirectory.manifest(model, Models.CHUNK).id();
        Files.writeString(model.resolve("config.json"), "[]");

        assertThat(ModelDirectory.manifest(model, Models.CHUNK).id()).isNotEqualTo(before);
    }

    @Test
    void bytesComeInTheOrderInWhichLayersNeedThem() throws IOException {
        Manifest manifest = ModelDirectory.manifest(Models.small(directory.resolve("m")), 1024);

        long header = Files.size(directory.resolve("m/model.safetensors")) - Models.DATA_BYTES;
        assertThat(manifest.extents())
                .containsExactly(
                        new Manifest.Extent(0, 0, 2),
                        new Manifest.Extent(2, 0, 150_001),
                        new Manifest.Extent(3, 0, header),
                        new Manifest.Extent(3, header + 91_136, 25_600 + 65_536),
                        new Manifest.Extent(3, header + 25_600, 65_536),
                        new Manifest.Extent(3, header, 25_600));
        assertThat(manifest.layerEnd())
                .hasSize(4)
                .last()
                .isEqualTo(manifest.chunks().size());
    }

    @Test
    void layersAreTheStagesWhoseLastChunkIsThere() throws IOException {
        Manifest manifest = ModelDirectory.manifest(Models.small(directory.resolve("m")), 1024);
        int embedding = manifest.layerEnd().getFirst();

        assertThat(manifest.layers(embedding - 1)).isZero();
        assertThat(manifest.layers(embedding)).isEqualTo(1);
        assertThat(manifest.layers(manifest.chunks().size())).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a//b", "a/..", ".", "", "a\\b", "c:a", "a\u0000"})
    void refusesPathsThatLeaveTheDirectory(String path) {
        assertThatThrownBy(() -> of(path, List.of(new Manifest.Extent(0, 0, 10))))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("no path below");
    }

    @Test
    void refusesExtentsThatOverlapLeaveGapsOrAreNotAll() {
        assertThatThrownBy(() -> of("a", List.of(new Manifest.Extent(0, 0, 6), new Manifest.Extent(0, 5, 5))))
                .hasMessageContaining("overlap");
        assertThatThrownBy(() -> of("a", List.of(new Manifest.Extent(0, 1, 9)))).hasMessageContaining("gap");
        assertThatThrownBy(() -> of("a", List.of(new Manifest.Extent(0, 0, 9)))).hasMessageContaining("Not all");
        assertThatThrownBy(() -> of("a", List.of(new Manifest.Extent(0, 0, Long.MAX_VALUE))))
                .hasMessageContaining("overlap");
    }

    @Test
    void refusesAFileThatIsADirectoryToo() {
        assertThatThrownBy(() -> Manifest.checked(
                        List.of(new Manifest.ModelFile("a", 5), new Manifest.ModelFile("a/b", 5)),
                        1024,
                        List.of(new Manifest.Extent(0, 0, 5), new Manifest.Extent(1, 0, 5)),
                        List.of(),
                        List.of(Digest.of(new byte[10], 10))))
                .hasMessageContaining("a file and a directory");
    }
}
