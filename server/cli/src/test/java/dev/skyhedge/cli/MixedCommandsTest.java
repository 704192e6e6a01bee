package dev.skyhedge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MixedCommandsTest extends AllocationFixture {
    @Override
    void declare() {
        shell.write("profile.csv", """
                gpu,usd_per_hour,input_tokens,output_tokens,max_requests_per_s
                L4,0.7,100,100,2
                L4,0.7,8000,500,0
                H100,7.5,100,100,1.5
                H100,7.5,8000,500,1
                """);
        shell.write("lengths.csv", """
                input_tokens,output_tokens,weight
                80,20,3
                5000,300,1
                """);
        write("[\"L4:1\", \"H100:1\"]", 4);
    }

    private void write(String accelerators, int rate) {
        shell.write(
                "chat.hcl",
                SpecTexts.CHAT
                        .replace("[\"L4:1\"]", accelerators)
                        .replace("scaling {", "allocation \"mixed\" {")
                        .replace("min_replicas = 2", """
                                profile  = file("profile.csv")
                                headroom = 0
                                workload {
                                  rate    = %d
                                  lengths = file("lengths.csv")
                                }
                                """.formatted(rate)));
    }

    @Test
    void appliesTheMixAndThenNoMore() {
        Shell.Result plan = shell.run("plan", "chat.hcl");
        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(plan.out())
                .as(plan.both())
                .contains(
                        "3 to launch",
                        "mix: 1 on H100:1, 2 on L4:1",
                        "H100:1: only it serves requests of up to 8000 tokens in and 500 out",
                        "one accelerator alone: 3 on H100:1",
                        "mix at half the rate:");
        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1", "L4:1", "L4:1");
        assertThat(shell.run("plan", "chat.hcl").out()).contains("No changes.");
    }

    @Test
    void followsAnotherDeclaredRate() {
        assertThat(shell.run("apply", "chat.hcl", "-auto-approve").code()).isZero();
        write("[\"L4:1\", \"H100:1\"]", 1);

        Shell.Result apply = shell.run("apply", "chat.hcl", "-auto-approve");

        assertThat(apply.code()).as(apply.both()).isZero();
        assertThat(accelerators()).containsExactly("H100:1");
    }

    @Test
    void refusesRequestsThatNoPermittedAcceleratorServes() {
        write("[\"L4:1\"]", 4);

        Shell.Result plan = shell.run("plan", "chat.hcl");

        assertThat(plan.code()).isEqualTo(1);
        assertThat(plan.err())
                .contains(
                        "no permitted accelerator serves requests of up to 8000 tokens in and 500 out", "H100:1 could");
    }
}
