package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AllocationCommandsTest extends AllocationFixture {
    @Override
    void declare() {
        write("\"L4:1\" = 2, \"H100:1\" = 1");
    }

    private void write(String replicas) {
        shell.write(
                "chat.hcl",
                SpecTexts.CHAT
                        .replace("[\"L4:1\"]", "[\"L4:1\", \"H100:1\", \"T4:1\"]")
                        .replace("scaling {", "allocation \"fixed\" {")
                        .replace("min_replicas = 2", "replicas = { " + replicas + " }"));
    }

    @Test
    void appliesAsManyOnEachAcceleratorAsAreDeclaredAndThenNoMore() {
        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(plan.out()).contains("L4:1", "H100:1", "3 to launch");
        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1", "L4:1", "L4:1");
        assertThat(shell.run("plan", "chat.hcl").out()).contains("No changes.");
    }

    @Test
    void followsOtherNumbers() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        write("\"H100:1\" = 2");

        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1", "H100:1");
    }

    @Test
    void refusesAnAcceleratorThatNobodyOffersThoughOthersAreOffered() {
        write("\"L4:1\" = 2, \"T4:1\" = 1");

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err()).contains("Nobody offers these resources", "No permitted location offers T4:1 to");
    }

    @Test
    void asksNobodyForAnAcceleratorThatNoneIsWantedOf() {
        write("\"L4:1\" = 2, \"T4:1\" = 0");

        assertThat(shell.run("plan", "chat.hcl").code()).isZero();
    }
}
