package dev.skyhedge.agent.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.agent.protocol.Answer;
import dev.skyhedge.agent.protocol.Ending;
import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.Phase;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import dev.skyhedge.agent.protocol.TaskStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class WireProperties {
    private static final TaskId ID = new TaskId("trial-7", 3);

    @Provide
    Arbitrary<Order> orders() {
        Arbitrary<String> texts = Arbitraries.strings().excludeChars('\0').ofMaxLength(30);
        return Arbitraries.oneOf(
                texts.map(text -> new Order.Start(
                        ID,
                        "t",
                        List.of("run", text),
                        new LinkedHashMap<>(Map.of("A", text)),
                        0.25,
                        2,
                        text,
                        "{\"lr\":0.1}")),
                Arbitraries.integers().between(0, 86_400_000).map(ms -> new Order.Stop(ID, Duration.ofMillis(ms))),
                Arbitraries.of(Order.Signal.Name.class).map(name -> new Order.Signal(ID, name)),
                Arbitraries.of(
                        new Order.Pause(ID),
                        new Order.Resume(ID),
                        new Order.Forget(ID),
                        new Order.Accept(),
                        new Order.Status(),
                        new Order.Log(ID, 20),
                        new Order.Reports(ID, 1L << 40)),
                texts.map(Order.Drain::new));
    }

    @Property(tries = 300)
    void everyOrderIsReadAsItWasWritten(@ForAll("orders") Order order) {
        OrderJson.Envelope envelope = new OrderJson.Envelope(9, order);

        assertThat(OrderJson.read(OrderJson.write(envelope))).isEqualTo(envelope);
    }

    @Example
    void everyAnswerIsReadAsItWasWritten() {
        TaskStatus task = new TaskStatus(
                ID,
                "t",
                Phase.ENDED,
                Instant.parse("2026-01-01T00:00:00Z"),
                Optional.of(new ProcessIdentity("b", 1, 2, 3, 4)),
                Optional.of(new Ending(Ending.Kind.FAILED, OptionalInt.of(3), List.of("x", "y\u0000"))),
                List.of("ckpt-1"),
                Optional.of("ckpt-1"));
        Stream.of(
                        new Answer.Done("d"),
                        new Answer.Refused(Answer.Code.FULL, "m"),
                        new Answer.AgentStatus(1, "b", 5, 6, Optional.of("why"), List.of(task)),
                        new Answer.LogLines(List.of("a")),
                        new Answer.ReportLines(List.of("{}"), 7, 1, true))
                .forEach(answer ->
                        assertThat(AnswerJson.read(AnswerJson.write(answer))).isEqualTo(answer));
    }

    @Property(tries = 300)
    void whatIsNoOrderIsSaidToBeNone(@ForAll("broken") String text) {
        assertThatThrownBy(() -> OrderJson.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<String> broken() {
        String whole = new String(
                OrderJson.write(new OrderJson.Envelope(1, new Order.Stop(ID, Duration.ZERO))), StandardCharsets.UTF_8);
        return Arbitraries.oneOf(
                Arbitraries.integers().between(0, whole.length() - 1).map(end -> whole.substring(0, end)),
                Arbitraries.of(
                        whole.replace("\"stop\"", "\"dance\""),
                        whole.replace("\"epoch\":1", "\"epoch\":-1"),
                        whole.replace("\"epoch\":1", "\"epoch\":99999999999999999999"),
                        whole.replace("\"trial-7\"", "\"../up\""),
                        whole.replace("\"trial-7\"", "7"),
                        whole.replace("\"generation\":3", "\"generation\":0"),
                        whole.replace("\"generation\":3", "\"generation\":null"),
                        whole + whole,
                        "[" + whole + "]",
                        "[".repeat(10_000)));
    }
}
