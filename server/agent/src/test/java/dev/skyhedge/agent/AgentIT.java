package dev.skyhedge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.agent.client.AgentClient;
import dev.skyhedge.agent.client.AgentClient.Reply;
import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import dev.skyhedge.engine.control.LaunchCertificate;
import dev.skyhedge.spi.IdempotencyToken;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentIT {
    private static final TaskId ID = new TaskId("a", 1);
    private static final String FOREVER = "trap 'exit 75' TERM; while :; do sleep 0.05; done";

    @TempDir
    Path directory;

    private Launched agent;

    @BeforeEach
    void launch() throws Exception {
        agent = new Launched(directory);
    }

    @AfterEach
    void end() throws Exception {
        agent.close();
    }

    private TaskStatus ended(TaskId id) throws InterruptedException {
        return agent.until(id, task -> task.phase() == Phase.ENDED);
    }

    private TaskStatus running(TaskId id) throws InterruptedException {
        return agent.until(id, task -> task.phase() == Phase.RUNNING);
    }

    private static char state(long pid) {
        return new ProcessTable().find(pid).map(ProcessTable.Entry::state).orElse('-');
    }

    @Test
    void tellsExitCodeAndLastLines() throws Exception {
        agent.tell(Launched.shell(ID, "i=0; while [ $i -lt 30 ]; do i=$((i+1)); echo line $i; done; exit 3"));

        Ending ending = ended(ID).ending().orElseThrow();

        assertThat(ending.kind()).isEqualTo(Ending.Kind.FAILED);
        assertThat(ending.exitCode()).isEqualTo(OptionalInt.of(3));
        assertThat(ending.lastLines()).hasSize(20).endsWith("line 29", "line 30");
    }

    @Test
    void givesTheTaskWhatTheContractSaysAndNothingOfItsOwn() throws Exception {
        agent.tell(Launched.shell(
                ID,
                "echo $SKYHEDGE_TRIAL_ID $SKYHEDGE_SHARE $(cat $SKYHEDGE_PARAMS_FILE);"
                        + " env | grep -c -e ^JAVA -e ^MAVEN -e ^PWD=/$"));

        assertThat(ended(ID).ending().orElseThrow().lastLines()).containsExactly("a 0.5 {\"lr\":0.1}", "0");
    }

    @Test
    void stopsWithinTheGraceOrKillsAllOfIt() throws Exception {
        agent.tell(Launched.shell(ID, FOREVER));
        running(ID);
        agent.tell(new Order.Stop(ID, Duration.ofSeconds(30)));
        assertThat(ended(ID).ending().orElseThrow().kind()).isEqualTo(Ending.Kind.RESUMABLE);

        TaskId deaf = new TaskId("deaf", 1);
        agent.tell(Launched.shell(deaf, "trap '' TERM; sleep 600 & echo $!; while :; do sleep 0.05; done"));
        running(deaf);
        agent.tell(new Order.Stop(deaf, Duration.ofMillis(200)));

        Ending ending = ended(deaf).ending().orElseThrow();
        assertThat(ending.kind()).isEqualTo(Ending.Kind.KILLED);
        assertThat(state(Long.parseLong(ending.lastLines().getFirst()))).isIn('-', 'Z');
    }

    @Test
    void pausesAndResumes() throws Exception {
        agent.tell(Launched.shell(ID, FOREVER));
        long pid = running(ID).process().orElseThrow().pid();

        agent.tell(new Order.Pause(ID));
        assertThat(state(pid)).isEqualTo('T');
        agent.tell(new Order.Resume(ID));
        assertThat(state(pid)).isIn('S', 'R', 'D');
    }

    @Test
    void signalsGoToTheCommand() throws Exception {
        agent.tell(Launched.shell(
                ID,
                "trap 'mkdir $SKYHEDGE_CHECKPOINT_DIR/ckpt-4; ln -s ckpt-4 $SKYHEDGE_CHECKPOINT_DIR/latest; exit 0' USR1;"
                        + " mkdir $SKYHEDGE_CHECKPOINT_DIR/ckpt-5.tmp; echo up >&2; while :; do sleep 0.05; done"));
        agent.until(ID, task -> agentSays("up"));

        agent.tell(new Order.Signal(ID, Order.Signal.Name.USR1));

        assertThat(ended(ID).checkpoints()).containsExactly("ckpt-4");
        assertThat(agent.task(ID).orElseThrow().latest()).contains("ckpt-4");
    }

    private boolean agentSays(String line) {
        try {
            return agent.tell(new Order.Log(ID, 5)).equals(new Answer.LogLines(List.of(line)));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void readsReportsFromWhereTheAskerIs() throws Exception {
        agent.tell(Launched.shell(
                ID, "printf '{\"iteration\":1}\\nnonsense\\n{\"iteration\":2}\\n{\"itera' > $SKYHEDGE_METRICS_FILE"));
        ended(ID);

        Answer.ReportLines all = (Answer.ReportLines) agent.tell(new Order.Reports(ID, 0));

        assertThat(all.lines()).containsExactly("{\"iteration\":1}", "{\"iteration\":2}");
        assertThat(all.malformed()).isEqualTo(1);
        assertThat(((Answer.ReportLines) agent.tell(new Order.Reports(ID, all.next()))).lines())
                .isEmpty();
        assertThat(((Answer.ReportLines) agent.tell(new Order.Reports(ID, 1000))).restarted())
                .isTrue();
    }

    @Test
    void logsHaveABound() throws Exception {
        agent.tell(Launched.shell(ID, "while :; do echo 0123456789012345678901234567890123456789; done"));
        running(ID);
        Path old = directory.resolve("agent/tasks/a/1/log.old");

        agent.until(ID, _ -> Files.exists(old));

        agent.tell(new Order.Stop(ID, Duration.ZERO));
        ended(ID);
        assertThat(Files.size(old)).isLessThanOrEqualTo(8192);
    }

    @Test
    void aTaskWhoseKeeperIsKilledIsNotLostUnnoticed() throws Exception {
        agent.tell(Launched.shell(ID, "while :; do sleep 0.05; done"));
        TaskStatus task = running(ID);
        ProcessHandle.of(task.process().orElseThrow().session()).orElseThrow().destroyForcibly();
        ProcessHandle.of(task.process().orElseThrow().pid()).orElseThrow().destroyForcibly();

        assertThat(ended(ID).ending().orElseThrow().kind()).isEqualTo(Ending.Kind.LOST);
    }

    @Test
    void anAgentThatWasKilledFindsItsTasksAgain() throws Exception {
        TaskId over = new TaskId("b", 1);
        agent.tell(Launched.shell(ID, FOREVER));
        agent.tell(Launched.shell(over, "while [ ! -e go ]; do sleep 0.05; done; exit 9"));
        TaskStatus before = running(ID);
        running(over);

        agent.kill();
        Files.createFile(directory.resolve("agent/tasks/b/1/go"));
        agent.again();

        assertThat(running(ID).process()).isEqualTo(before.process());
        assertThat(ended(over).ending().orElseThrow().exitCode()).isEqualTo(OptionalInt.of(9));
        assertThat(agent.tell(Launched.shell(ID, FOREVER))).isEqualTo(new Answer.Done("started before"));
    }

    @Test
    void twoAgentsAreNotAtWorkInOneDirectory() throws Exception {
        Process second = agent.begin();

        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(1);
        assertThat(Files.readString(directory.resolve("agent.err"))).contains("Another agent is at work");
    }

    @Test
    void onlyTheLaunchsOwnControllerIsObeyedAndOnlyItsOwnAgentTrusted() throws Exception {
        IdempotencyToken other = new IdempotencyToken("launch2");
        LaunchCertificate own = Launched.KEYS.controller(Launched.TOKEN);
        LaunchCertificate its = Launched.KEYS.agent(Launched.TOKEN);

        try (AgentClient stranger = agent.client(1, Launched.KEYS.controller(other), its);
                AgentClient agentItself = agent.client(1, its, its);
                AgentClient elsewhere = agent.client(1, own, Launched.KEYS.agent(other))) {
            assertThat(stranger.give(new Order.Status())).isInstanceOf(Reply.Unanswered.class);
            assertThat(agentItself.give(new Order.Status())).isInstanceOf(Reply.Unanswered.class);
            assertThat(elsewhere.give(new Order.Status())).isInstanceOf(Reply.Unanswered.class);
        }
    }

    @Test
    void aStolenTokenDrainsAndDoesNothingElse() throws Exception {
        agent.tell(Launched.shell(ID, FOREVER));
        running(ID);
        String token = Launched.KEYS.drainToken(Launched.TOKEN);

        assertThat(curl(
                        "/v1/orders",
                        token,
                        "{\"epoch\":9,\"order\":\"stop\",\"name\":\"a\",\"generation\":1,\"grace_ms\":0}"))
                .isEqualTo("401");
        assertThat(curl("/v1/drain", "another-token-than-that", "now")).isEqualTo("401");
        assertThat(curl("/v1/drain", token, "spot notice")).isEqualTo("200");

        Answer.AgentStatus status = (Answer.AgentStatus) agent.tell(new Order.Status());
        assertThat(status.draining()).contains("notice: spot notice");
        assertThat(status.epoch()).isEqualTo(1);
        assertThat(running(ID).ending()).isEmpty();
    }

    private String curl(String path, String token, String body) throws Exception {
        Process curl = new ProcessBuilder(
                        "curl",
                        "-sk",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code}",
                        "-H",
                        "Authorization: Bearer " + token,
                        "-d",
                        body,
                        "https://127.0.0.1:" + agent.address().getPort() + path)
                .start();
        return new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
