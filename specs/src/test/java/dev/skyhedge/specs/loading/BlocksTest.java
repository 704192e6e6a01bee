package dev.skyhedge.specs.loading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.specs.CheckResult;
import dev.skyhedge.specs.CheckResult.Status;
import dev.skyhedge.specs.Import;
import dev.skyhedge.specs.Moved;
import dev.skyhedge.specs.Removed;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.WorkloadAddress;
import dev.skyhedge.specs.diagnostics.DiagnosticText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The blocks around the services.
class BlocksTest {
    private static final String SERVICE = """
            service "%s" {
              replica {
                image = "x"
                port  = 1
              }
              resources {
                accelerators = ["L4:1"]
                locations    = ["aws/*/*"]
              }
              %s
            }
            """;

    @TempDir
    private Path directory;

    private LoadedSpec load(String... parts) throws IOException {
        Files.writeString(directory.resolve("main.hcl"), String.join("\n", parts));
        return SpecLoader.load(SpecRequest.of(directory));
    }

    private String report(String... parts) throws IOException {
        return new DiagnosticText(false).render(load(parts).diagnostics());
    }

    private static WorkloadAddress address(String text) {
        return WorkloadAddress.parse(text).orElseThrow();
    }

    @Test
    void theDiskOfResourcesIsTheReplicas() throws IOException {
        String large = SERVICE.replace("[\"aws/*/*\"]", "[\"aws/*/*\"]\n    disk_gb = 500");

        Spec spec = load(large.formatted("large", ""), SERVICE.formatted("plain", ""))
                .spec()
                .orElseThrow();

        assertThat(spec.services().values())
                .extracting(service -> service.replica().diskGb())
                .containsExactly(OptionalInt.of(500), OptionalInt.empty());
    }

    @Test
    void followsChainsOfMoves() throws IOException {
        Spec spec = load(
                        SERVICE.formatted("c", ""),
                        "moved {\n  from = service.a\n  to = service.b\n}",
                        "moved {\n  from = service.b\n  to = service.c\n}")
                .spec()
                .orElseThrow();

        assertThat(spec.moved())
                .containsExactly(
                        new Moved(address("service.a"), address("service.c")),
                        new Moved(address("service.b"), address("service.c")));
    }

    @Test
    void refusesMovesInACircleAndFromWhatIsStillThere() throws IOException {
        assertThat(report(
                        "moved {\n  from = service.a\n  to = service.b\n}",
                        "moved {\n  from = service.b\n  to = service.a\n}"))
                .contains("Cyclic dependency in move statements");
        assertThat(report(SERVICE.formatted("a", ""), "moved {\n  from = service.a\n  to = service.b\n}"))
                .contains("Moved object still exists");
        assertThat(report("moved {\n  from = local.a\n  to = service.b\n}")).contains("Invalid address");
    }

    @Test
    void movesInstancesWithTheirKeys() {
        Moved moved = new Moved(address("service.a"), address("module.m.service.b"));

        assertThat(moved.of(address("service.a[\"eu\"]")))
                .isEqualTo(Optional.of(address("module.m.service.b[\"eu\"]")));
        assertThat(moved.of(address("service.ab"))).isEmpty();
        assertThat(address("module.m[\"x\"].service.b[0]").name()).isEqualTo("m-x-b-0");
        assertThat(address("module.m[\"x\"].service.b[0]")).hasToString("module.m[\"x\"].service.b[0]");
    }

    @Test
    void refusesTwoMovesToOneAddress() throws IOException {
        assertThat(report(
                        SERVICE.formatted("c", ""),
                        "moved {\n  from = service.a\n  to = service.c\n}",
                        "moved {\n  from = service.b\n  to = service.c\n}"))
                .contains("Ambiguous move statements", "service.a was already moved to service.c", "main.hcl line 17");
    }

    @Test
    void refusesToRemoveWhatHasMoved() throws IOException {
        assertThat(report(
                        SERVICE.formatted("c", ""),
                        "moved {\n  from = service.a\n  to = service.c\n}",
                        "removed {\n  from = service.a\n}"))
                .contains("Removed object was moved", "main.hcl:13");
    }

    private static String move(String from, String to) {
        return "moved {\n  from = " + from + "\n  to = " + to + "\n}";
    }

    @Test
    void movesAllServicesOfAModule() throws IOException {
        inModule("search", SERVICE.formatted("a", "") + SERVICE.formatted("b", ""));

        Spec spec = load("module \"find\" { source = \"./search\" }", move("module.search", "module.find"))
                .spec()
                .orElseThrow();

        assertThat(spec.moved())
                .containsExactlyInAnyOrder(
                        new Moved(address("module.search.service.a"), address("module.find.service.a")),
                        new Moved(address("module.search.service.b"), address("module.find.service.b")));
    }

    @Test
    void followsChainsOfModulesAndOfServicesInThem() throws IOException {
        inModule("search", SERVICE.formatted("new", "") + move("service.old", "service.new"));

        Spec spec = load(
                        "module \"third\" { source = \"./search\" }",
                        move("module.first", "module.second"),
                        move("module.second", "module.third"))
                .spec()
                .orElseThrow();

        assertThat(spec.moved())
                .contains(
                        new Moved(address("module.first.service.old"), address("module.third.service.new")),
                        new Moved(address("module.first.service.new"), address("module.third.service.new")),
                        new Moved(address("module.second.service.old"), address("module.third.service.new")),
                        new Moved(address("module.third.service.old"), address("module.third.service.new")));
    }

    @Test
    void movesInstancesOfModules() throws IOException {
        inModule("search", SERVICE.formatted("a", ""));

        Spec spec = load(
                        "module \"s\" {\n  source = \"./search\"\n  for_each = toset([\"eu\"])\n}",
                        move("module.s", "module.s[\"eu\"]"))
                .spec()
                .orElseThrow();

        assertThat(spec.moved())
                .contains(new Moved(address("module.s.service.a"), address("module.s[\"eu\"].service.a")));
    }

    @Test
    void refusesMovesOfModulesThatCannotBe() throws IOException {
        inModule("search", SERVICE.formatted("a", ""));
        String declared = "module \"find\" { source = \"./search\" }";

        assertThat(report(declared, move("module.find", "module.other"))).contains("Moved object still exists");
        assertThat(report(declared, move("module.a", "module.b"), move("module.b", "module.a")))
                .contains("Cyclic dependency");
        assertThat(report(declared, move("module.a", "service.b"))).contains("Invalid move");
        assertThat(report(declared, move("module.a", "module.find"), move("module.b", "module.find")))
                .contains("Ambiguous move statements", "module.a was already moved to module.find");
    }

    private void inModule(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name));
        Files.writeString(directory.resolve(name).resolve("main.hcl"), text);
    }

    @Test
    void recordsWhatIsRemovedAndAdopted() throws IOException {
        Spec spec = load(
                        SERVICE.formatted("chat", ""),
                        "removed {\n  from = service.old[\"eu\"]\n  lifecycle {\n    destroy = false\n  }\n}",
                        "import {\n  to = service.chat\n  id = \"i-${1 + 1}\"\n}")
                .spec()
                .orElseThrow();

        assertThat(spec.removed()).containsExactly(new Removed(address("service.old[\"eu\"]"), false));
        assertThat(spec.imports()).containsExactly(new Import(address("service.chat"), "i-2"));
        assertThat(report("import {\n  to = service.chat\n  id = \"x\"\n}"))
                .contains("Configuration for import target does not exist");
    }

    @Test
    void failsAtAPrecondition() throws IOException {
        String rule = "precondition {\n    condition = %s\n    error_message = \"not ${1 + 1}\"\n  }";

        assertThat(report(SERVICE.formatted("a", rule.formatted("1 > 2"))))
                .contains("Service precondition failed", "not 2", "in service \"a\"");
        assertThat(report(SERVICE.formatted("a", rule.formatted("true")))).isEmpty();
        assertThat(report("output \"o\" {\n  value = 1\n  " + rule.formatted("false") + "\n}"))
                .contains("Module output value precondition failed");
        assertThat(report(SERVICE.formatted("a", "count = 2\n" + rule.formatted("count.index < 1"))))
                .contains("Service precondition failed");
    }

    @Test
    void warnsAtACheck() throws IOException {
        LoadedSpec loaded = load(
                SERVICE.formatted("a", ""),
                "check \"c\" {\n  assert {\n    condition = 1 > 2\n    error_message = \"no\"\n  }\n}",
                "check \"d\" {\n  assert {\n    condition = service.a.ready_replicas > 0\n    error_message = \"no\"\n  }\n}");

        assertThat(loaded.spec().orElseThrow().checks())
                .containsExactly(
                        new CheckResult("check.c", Status.FAIL, List.of("no")),
                        new CheckResult("check.d", Status.UNKNOWN, List.of()));
        assertThat(new DiagnosticText(false).render(loaded.diagnostics())).startsWith("Warning: Check block assertion");
    }

    @Test
    void ordersByDependsOn() throws IOException {
        Spec spec = load(
                        SERVICE.formatted("chat", "depends_on = [service.embed]"),
                        SERVICE.formatted("embed", "count = 2"))
                .spec()
                .orElseThrow();

        assertThat(spec.services().firstEntry().getValue().dependsOn()).containsExactly("embed-0", "embed-1");
        assertThat(report(
                        SERVICE.formatted("a", "depends_on = [service.b]"),
                        SERVICE.formatted("b", "depends_on = [service.a]")))
                .contains("Error: Cycle");
    }
}
