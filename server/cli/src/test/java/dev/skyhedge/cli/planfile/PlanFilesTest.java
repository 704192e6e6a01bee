package dev.skyhedge.cli.planfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.cli.view.Samples;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.engine.plan.PlanOptions;
import dev.skyhedge.engine.plan.RefusedLaunches;
import dev.skyhedge.engine.plan.Signals;
import dev.skyhedge.engine.plan.Supply;
import dev.skyhedge.engine.plan.World;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.state.records.Lifecycle;
import dev.skyhedge.state.records.ReplicaRecord;
import dev.skyhedge.state.records.WorkloadRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanFilesTest {
    @TempDir
    Path directory;

    private static PlanFile sample() {
        PlanView view = Samples.firstPlan();
        return new PlanFile(
                Samples.T0,
                "0.1.0",
                view.plan(),
                new PlanOptions(Set.of("chat"), Set.of("chat-2"), false),
                view.world(),
                new LinkedHashMap<>(Map.of("main.hcl", "service \"chat\" {}\n# ünïcode\n")),
                new FilesSeen("specs", new TreeMap<>(Map.of("prompt.txt", "00ff"))),
                new LinkedHashMap<>(Map.of("model", "\"llama\"")),
                new LinkedHashSet<>(List.of("token")));
    }

    private Path written() {
        Path file = directory.resolve("p1");
        assertThat(PlanFiles.write(file, sample())).isEmpty();
        return file;
    }

    private PlanFileProblem problemOf(byte[] bytes) throws IOException {
        Path file = directory.resolve("bad");
        Files.write(file, bytes);
        return refused(PlanFiles.read(file));
    }

    private static PlanFileProblem refused(PlanFileResult result) {
        return switch (result) {
            case PlanFileResult.Refused(PlanFileProblem problem) -> problem;
            case PlanFileResult.Read(PlanFile file) -> throw new AssertionError("was read: " + file);
        };
    }

    @Test
    void comesBackAsItWasWritten() {
        assertThat(PlanFiles.read(written())).isEqualTo(new PlanFileResult.Read(sample()));
    }

    @Test
    void isForItsOwnerOnlyAndLeavesNothingBeside() throws IOException {
        Path file = written();
        PlanFiles.write(file, sample());

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var beside = Files.list(directory)) {
            assertThat(beside).containsExactly(file);
        }
    }

    @Test
    void isAZipThatOthersCanRead() throws IOException {
        try (ZipFile zip = new ZipFile(written().toFile())) {
            assertThat(zip.stream().map(ZipEntry::getName))
                    .containsExactly("manifest.json", "plan.json", "world.json", "spec/main.hcl");
            assertThat(zip.stream()).allMatch(entry -> entry.getMethod() == ZipEntry.STORED);
        }
    }

    @Test
    void writesEqualPlansAsEqualBytes() throws IOException {
        byte[] first = Files.readAllBytes(written());

        assertThat(Files.readAllBytes(written())).isEqualTo(first);
    }

    @Test
    void refusesToKeepTheValueOfASensitiveVariable() {
        PlanFile file = sample();

        assertThatThrownBy(() -> new PlanFile(
                        file.createdAt(),
                        file.engineVersion(),
                        file.plan(),
                        file.options(),
                        file.world(),
                        file.sources(),
                        file.files(),
                        new LinkedHashMap<>(Map.of("token", "\"s3cr3t\"")),
                        file.sensitiveVariables()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cr3t");
    }

    @Test
    void noticesEveryChangedByteThatMatters() throws IOException {
        byte[] good = Files.readAllBytes(written());
        var unharmed = new PlanFileResult.Read(sample());
        Path file = directory.resolve("flipped");
        int noticed = 0;
        for (int i = 0; i < good.length; i += 7) {
            byte[] bad = good.clone();
            bad[i] ^= 0x10;
            Files.write(file, bad);
            PlanFileResult result = PlanFiles.read(file);
            if (!result.equals(unharmed)) {
                noticed++;
                assertThat(result).as("byte %d", i).isInstanceOf(PlanFileResult.Refused.class);
            }
        }
        assertThat(noticed).isGreaterThan(good.length / 7 / 2);
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        byte[] good = Files.readAllBytes(written());

        assertThat(problemOf(Arrays.copyOf(good, good.length / 2)).kind()).isEqualTo(PlanFileProblem.Kind.DAMAGED);
    }

    @Test
    void refusesWhatIsNoPlanFile() throws IOException {
        assertThat(problemOf("service \"chat\" {}".getBytes(StandardCharsets.UTF_8))
                        .kind())
                .isEqualTo(PlanFileProblem.Kind.NOT_A_PLAN_FILE);
        assertThat(problemOf(new byte[0]).kind()).isEqualTo(PlanFileProblem.Kind.NOT_A_PLAN_FILE);
        assertThat(problemOf(zip(Map.of("hello.txt", "hello"))).kind()).isEqualTo(PlanFileProblem.Kind.NOT_A_PLAN_FILE);
    }

    @Test
    void refusesACompressedArchive() throws IOException {
        assertThat(problemOf(zip(Map.of("manifest.json", "{}"))).kind()).isEqualTo(PlanFileProblem.Kind.DAMAGED);
    }

    @Test
    void refusesANewerFormat() throws IOException {
        var problem = problemOf(writtenInFormat(PlanFile.FORMAT_VERSION + 1));

        assertThat(problem.kind()).isEqualTo(PlanFileProblem.Kind.NEWER_FORMAT);
        assertThat(problem.summary()).isEqualTo("Plan file is from a newer version");
    }

    @Test
    void refusesAnOlderFormat() throws IOException {
        var problem = problemOf(writtenInFormat(PlanFile.FORMAT_VERSION - 1));

        assertThat(problem.kind()).isEqualTo(PlanFileProblem.Kind.OLDER_FORMAT);
        assertThat(problem.summary()).isEqualTo("Plan file is from an older version");
        assertThat(problem.detail()).endsWith("Plan again.");
    }

    private byte[] writtenInFormat(int version) throws IOException {
        byte[] bytes = Files.readAllBytes(written());
        String other = new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("\"format_version\":" + PlanFile.FORMAT_VERSION, "\"format_version\":" + version);
        byte[] changed = other.getBytes(StandardCharsets.ISO_8859_1);
        int size = size(changed);
        var crc = new CRC32();
        crc.update(changed, 30 + "manifest.json".length(), size);
        for (int i = 0; i < 4; i++) {
            changed[14 + i] = (byte) (crc.getValue() >> (8 * i));
        }
        return changed;
    }

    /// The uncompressed size in the first local header.
    private static int size(byte[] zip) {
        return (zip[22] & 0xff) | (zip[23] & 0xff) << 8 | (zip[24] & 0xff) << 16;
    }

    @Test
    void refusesAMissingFileAndAnImpossiblePlace() {
        assertThat(refused(PlanFiles.read(directory.resolve("none"))).kind())
                .isEqualTo(PlanFileProblem.Kind.UNREADABLE);
        assertThat(PlanFiles.write(directory.resolve("no/such/place"), sample()).map(PlanFileProblem::kind))
                .contains(PlanFileProblem.Kind.NOT_WRITTEN);
    }

    @Test
    void refusesAPlanThatIsNotOne() {
        SequencedMap<String, String> entries = Entries.of(sample());
        entries.computeIfPresent(Entries.PLAN, (_, text) -> text.replace("\"launch\"", "\"lunch\""));

        assertThatThrownBy(() -> Entries.read(entries))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown action lunch");
    }

    @Test
    void keepsTheWorldButNoLogs() {
        var failed = Samples.replica("chat", 2, Lifecycle.FAILED, Samples.OREGON, "exited");
        var ready = Samples.replica("chat", 1, Lifecycle.READY, Samples.VIRGINIA, "")
                .onInstance("i-1", Optional.of(new Endpoint("::1", 8000)))
                .preemptedAt(Samples.T0);
        var signals = new Signals(
                OptionalDouble.of(2.5),
                3,
                Map.of("chat-1", Samples.T0),
                Set.of("chat-3"),
                Map.of("chat-1", 4),
                Optional.of(Samples.T0),
                Set.of("chat-2"),
                true,
                Map.of(),
                Optional.empty());
        var services = new TreeMap<>(Map.of("chat", Samples.service("chat", Samples.SPEC_JSON, 2)));

        World back = WorldJson.read(WorldJson.write(world(services, signals, ready, failed)));

        assertThat(back).isEqualTo(world(services, signals, ready, failed.withLog("")));
    }

    private static World world(SortedMap<String, WorkloadRecord> services, Signals signals, ReplicaRecord... replicas) {
        return new World(
                Samples.T0,
                "lineage-1",
                7,
                services,
                new TreeMap<>(Map.of("chat", List.of(replicas))),
                List.of(),
                List.of(Samples.VIRGINIA),
                Map.of("chat", signals),
                List.of(),
                Supply.UNKNOWN,
                RefusedLaunches.NONE,
                List.of(),
                0);
    }

    @Test
    void knowsAStalePlan() {
        var plan = sample().plan();

        assertThat(Staleness.check(plan, "lineage-1", 7)).isEqualTo(Optional.empty());
        assertThat(Staleness.check(plan, "lineage-1", 8).orElseThrow().summary())
                .isEqualTo("Saved plan is stale");
        assertThat(Staleness.check(plan, "lineage-2", 7).orElseThrow().summary())
                .isEqualTo("Saved plan does not match the given state");
    }

    private static byte[] zip(Map<String, String> texts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var text : texts.entrySet()) {
                zip.putNextEntry(new ZipEntry(text.getKey()));
                zip.write(text.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
