package dev.skyhedge.agent.core;

import static dev.skyhedge.agent.core.OrdersTest.at;
import static dev.skyhedge.agent.core.OrdersTest.start;
import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.agent.protocol.Order;
import dev.skyhedge.agent.protocol.ProcessIdentity;
import dev.skyhedge.agent.protocol.TaskId;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// The core on a machine that is made up: orders, looks, tasks that end or are killed, and an agent that is killed
/// between what it writes and what it does, or in the middle of that, in any order.
class CrashesProperties {
    private static final int STEPS = 120;
    private static final String NAME = "a";

    /// What one generation is on the machine.
    private static final class Life {
        boolean spawned;
        boolean claimed;
        boolean fenced;
        boolean alive;
        boolean keeper;
        int others;
        OptionalInt exit = OptionalInt.empty();
    }

    private static final class World {
        final Map<Long, Life> lives = new HashMap<>();
        final Random random;
        AgentState written = AgentState.NEW;
        AgentState state = AgentState.NEW;
        long generation;
        int clock;
        boolean kills = true;

        World(Random random) {
            this.random = random;
        }

        Life life(long of) {
            return lives.computeIfAbsent(of, _ -> new Life());
        }

        void take(Step step) {
            if (!kills || random.nextInt(12) > 0) {
                written = step.state();
            } else {
                // Killed before it wrote anything down.
                state = written.adopted();
                return;
            }
            state = step.state();
            for (Effect effect : step.effects()) {
                if (kills && random.nextInt(6) == 0) {
                    // Killed before it did it.
                    state = written.adopted();
                    return;
                }
                carryOut(effect);
            }
        }

        void carryOut(Effect effect) {
            switch (effect) {
                case Effect.Spawn(Order.Start order) -> {
                    Life life = life(order.id().generation());
                    assertThat(life.spawned).as("spawned once").isFalse();
                    life.spawned = true;
                    life.keeper = true;
                }
                case Effect.Fence(TaskId id) -> life(id.generation()).fenced |= !life(id.generation()).claimed;
                case Effect.SignalCommand(TaskId id, String _) -> {
                    if (life(id.generation()).alive && random.nextBoolean()) {
                        end(life(id.generation()), 143);
                    }
                }
                case Effect.SignalAll(TaskId id, String signal) -> {
                    Life life = life(id.generation());
                    if (signal.equals("KILL")) {
                        life.others = 0;
                        end(life, 137);
                    }
                }
                case Effect.Clean _ -> {}
            }
        }

        void end(Life life, int code) {
            if (life.alive) {
                life.alive = false;
                life.exit = life.keeper ? OptionalInt.of(code) : OptionalInt.empty();
                life.keeper = false;
            }
        }

        /// A process that was started gets as far as its claim, or comes too late.
        void claim() {
            for (Life life : lives.values()) {
                if (life.spawned && life.keeper && !life.claimed) {
                    life.claimed = !life.fenced;
                    life.alive = life.claimed;
                    life.keeper = life.claimed;
                    life.others = life.claimed ? random.nextInt(2) : 0;
                }
            }
        }

        void look() {
            state.tasks().values().forEach(task -> {
                Life life = life(task.id().generation());
                Optional<ProcessIdentity> process = life.claimed
                        ? Optional.of(new ProcessIdentity("b", task.id().generation(), 1, 0, 0))
                        : Optional.empty();
                take(Sightings.see(
                        state,
                        task.id(),
                        new Sight(
                                life.fenced,
                                process,
                                life.keeper,
                                life.alive,
                                life.others,
                                false,
                                life.exit,
                                List.of()),
                        at(clock)));
            });
        }

        void random() {
            clock++;
            TaskId id = new TaskId(NAME, Math.max(1, generation));
            switch (random.nextInt(9)) {
                case 0 -> {
                    TaskId next = new TaskId(NAME, generation + 1);
                    take(Orders.obey(state, 1, start(next, "t" + next.generation()), at(clock)));
                    if (state.task(next).isPresent()) {
                        generation++;
                    }
                }
                // The same again, also where its answer was lost.
                case 1 -> take(Orders.obey(state, 1, start(id, "t" + id.generation()), at(clock)));
                case 2 -> take(Orders.obey(state, 1, new Order.Stop(id, Duration.ofSeconds(3)), at(clock)));
                case 3 -> state = written.adopted();
                case 4 -> claim();
                case 5 -> lives.values().forEach(life -> end(life, 137));
                case 6 -> lives.values().forEach(life -> life.keeper &= !life.alive);
                default -> look();
            }
            generation = Math.max(generation, state.newestGeneration(NAME));
        }

        long alive() {
            return lives.values().stream()
                    .filter(life -> life.alive || life.others > 0)
                    .count();
        }
    }

    @Property(tries = 2000)
    void nothingRunsTwiceAtOnceAndNothingIsLost(@ForAll Random random) {
        World world = new World(random);
        for (int i = 0; i < STEPS; i++) {
            world.random();

            assertThat(world.alive()).as("lives at once").isLessThanOrEqualTo(1);
            world.lives.forEach((generation, life) -> {
                if (life.alive) {
                    assertThat(world.written.task(new TaskId(NAME, generation)))
                            .as("what runs is written down")
                            .hasValueSatisfying(
                                    task -> assertThat(task.isLive()).isTrue());
                }
            });
        }

        // Whatever has happened, once the agent is left alone a stop comes to its end, and is told of.
        world.kills = false;
        TaskId last = new TaskId(NAME, Math.max(1, world.generation));
        world.take(Orders.obey(world.state, 1, new Order.Stop(last, Duration.ofSeconds(1)), at(world.clock)));
        for (int i = 0; i < STEPS && world.state.task(last).map(Task::isLive).orElse(false); i++) {
            world.clock++;
            world.claim();
            world.look();
        }
        assertThat(world.state.task(last).map(Task::isLive)).isIn(Optional.empty(), Optional.of(false));
        assertThat(world.alive()).isZero();
    }
}
