package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkStoreTest {
    @TempDir
    private Path directory;

    private Path model;
    private Manifest manifest;

    @BeforeEach
    void describe() throws IOException {
        model = Models.small(directory.resolve("model"));
        manifest = ModelDirectory.manifest(model, Models.CHUNK);
    }

    private void copy(ChunkStore from, ChunkStore to, int until) throws IOException {
        byte[] chunk = new byte[Models.CHUNK];
        while (to.watermark() < until) {
            assertThat(to.add(chunk, from.read(to.watermark(), chunk))).isTrue();
        }
    }

    static void assertSame(Path one, Path other) throws IOException {
        try (Stream<Path> files = Files.walk(one)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.mismatch(file, other.resolve(one.relativize(file))))
                        .as("%s", file)
                        .isEqualTo(-1);
            }
        }
    }

    @Test
    void theDirectoryAppearsWhenAllIsThereAndIsTheSame() throws IOException {
        Path target = directory.resolve("copy");
        try (ChunkStore from = ChunkStore.open(manifest, model);
                ChunkStore to = ChunkStore.open(manifest, target)) {
            copy(from, to, manifest.chunks().size() - 1);
            assertThat(target).doesNotExist();
            copy(from, to, manifest.chunks().size());
        }

        assertSame(model, target);
    }

    @Test
    void whatAnEarlierProcessLeftIsCheckedAndKept() throws IOException {
        Path target = directory.resolve("copy");
        try (ChunkStore from = ChunkStore.open(manifest, model);
                ChunkStore to = ChunkStore.open(manifest, target)) {
            copy(from, to, 9);
        }

        try (ChunkStore again = ChunkStore.open(manifest, target)) {
            assertThat(again.watermark()).isEqualTo(9);
        }
    }

    @Test
    void aChunkThatWasTornByACrashIsAskedForAgain() throws IOException {
        Path target = directory.resolve("copy");
        try (ChunkStore from = ChunkStore.open(manifest, model);
                ChunkStore to = ChunkStore.open(manifest, target)) {
            copy(from, to, 9);
        }
        Path incoming =
                directory.resolve("copy.incoming-" + manifest.id().toString().substring(0, 12));
        Path file = incoming.resolve("extra/rest.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[5 * Models.CHUNK] ^= 1;
        Files.write(file, bytes);

        try (ChunkStore again = ChunkStore.open(manifest, target)) {
            assertThat(again.watermark()).isEqualTo(5);
        }
    }

    @Test
    void aWrongChunkIsNotWritten() throws IOException {
        try (ChunkStore to = ChunkStore.open(manifest, directory.resolve("copy"))) {
            assertThat(to.add(new byte[Models.CHUNK], Models.CHUNK)).isFalse();
            assertThat(to.watermark()).isZero();
        }
    }

    @Test
    void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
        Path other = Models.small(directory.resolve("other"));
        Files.write(other.resolve("extra/rest.bin"), new byte[150_001]);

        assertThatThrownBy(() -> ChunkStore.open(manifest, other))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("does not hold this model");
        assertThat(Files.size(other.resolve("extra/rest.bin"))).isEqualTo(150_001);
    }

    @Test
    void whereNothingCanBeWrittenIsAnErrorThatNamesThePlace() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> ChunkStore.open(manifest, file.resolve("copy")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file");
    }

    @Test
    void aModelThatTheDiskHasNoRoomForIsRefusedBeforeItIsFetched() throws IOException {
        long huge = 1L << 56;
        Manifest.ModelFile file = new Manifest.ModelFile("huge", huge);

        assertThatThrownBy(() -> ChunkStore.requireRoom(directory, file.size()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the disk has room for");
    }

    @Test
    void everyChunkCanBeReadBack() throws IOException {
        byte[] chunk = new byte[Models.CHUNK];
        try (ChunkStore store = ChunkStore.open(manifest, model)) {
            for (int index = 0; index < manifest.chunks().size(); index++) {
                int length = store.read(index, chunk);
                assertThat(Digest.of(Arrays.copyOf(chunk, length), length))
                        .isEqualTo(manifest.chunks().get(index));
            }
        }
    }
}
