package dev.skyhedge.engine.reconcile;

import dev.skyhedge.engine.testing.Declared;
import dev.skyhedge.engine.testing.SimulatedClouds;
import dev.skyhedge.providers.simulated.Call;
import dev.skyhedge.providers.simulated.Fault;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.specs.PlacementSpec;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.UpdateSpec;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/// Something that happens to a world: made up by jqwik, and simple enough to be read in a failure report.
sealed interface Happening {
    void to(VirtualController controller);

    record TimePasses(int seconds) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.run(Duration.ofSeconds(seconds));
        }
    }

    record SpecChanges(int replicas, int spares, boolean fallback, int version, Shape shape) implements Happening {
        enum Shape {
            ROLLING,
            BLUE_GREEN,
            ON_DEMAND,
            WEST_ONLY,
            SCALED,
            REMOVED
        }

        @Override
        public void to(VirtualController controller) {
            controller.declare(spec());
        }

        Spec spec() {
            Declared chat = Declared.service("chat")
                    .wants(replicas)
                    .spotHedge(spares, fallback, 0)
                    .initialDelay(Duration.ofMinutes(5))
                    .running("v" + version);
            return switch (shape) {
                case ROLLING -> Declared.all(chat);
                case BLUE_GREEN -> Declared.all(chat.update(UpdateSpec.Mode.BLUE_GREEN, 1));
                case ON_DEMAND -> Declared.all(chat.with(new PlacementSpec.OnDemand()));
                case WEST_ONLY -> Declared.all(chat.in("sim/west/*"));
                case SCALED -> Declared.all(chat.scales(0, Math.max(1, replicas)));
                case REMOVED -> Declared.all();
            };
        }
    }

    record Requests(int perSecond) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.tell(new Message.SignalsRead(
                    "chat", OptionalDouble.of(perSecond), perSecond > 0 ? 1 : 0, Map.of(), controller.now()));
        }
    }

    record Preemption(int which, int noticeSeconds) implements Happening {
        @Override
        public void to(VirtualController controller) {
            List<Rental> live = controller.cloud().ledger().live();
            if (!live.isEmpty()) {
                String id = live.get(which % live.size()).instanceId();
                controller.cloud().preempt(id, Duration.ofSeconds(noticeSeconds));
            }
        }
    }

    record Exit(int which) implements Happening {
        @Override
        public void to(VirtualController controller) {
            List<Rental> live = controller.cloud().ledger().live();
            if (!live.isEmpty()) {
                controller.cloud().exit(live.get(which % live.size()).instanceId(), "segmentation fault");
            }
        }
    }

    record ZoneClosed(int which) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.cloud().closeZone(zone(which));
        }
    }

    record ZoneOpened(int which) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.cloud().openZone(zone(which));
        }
    }

    record Outage(int which) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller
                    .cloud()
                    .faults()
                    .unreachable(LocationPattern.of(zone(which)), new Failure.OutcomeUnknown("no route to host"));
        }
    }

    record OutageEnds(int which) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.cloud().faults().reachable(LocationPattern.of(zone(which)));
        }
    }

    record CallFails(Call call, Fault fault) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.cloud().faults().next(call, fault);
        }
    }

    record EventsLost() implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.cloud().disturbEvents("the connection broke");
        }
    }

    record Crash() implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.crash();
        }
    }

    record CrashSoon(CrashPoint at) implements Happening {
        @Override
        public void to(VirtualController controller) {
            controller.crashAt(at);
        }
    }

    private static Location zone(int which) {
        return SimulatedClouds.ZONES.get(which % SimulatedClouds.ZONES.size());
    }

    /// Anything that happens to services while their controller lives.
    static Arbitrary<Happening> any() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, time()),
                Tuple.of(4, market()),
                Tuple.of(2, faults()),
                Tuple.of(2, requests()),
                Tuple.of(2, specs().map(Happening.class::cast)));
    }

    /// Spec changes of any kind but removal.
    static Arbitrary<SpecChanges> specs() {
        return specs(Arbitraries.of(SpecChanges.Shape.values()).filter(shape -> shape != SpecChanges.Shape.REMOVED));
    }

    static Arbitrary<SpecChanges> specs(Arbitrary<SpecChanges.Shape> shapes) {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(1, 3),
                        shapes)
                .as(SpecChanges::new);
    }

    static Arbitrary<Happening> time() {
        return Arbitraries.oneOf(
                        Arbitraries.integers().between(0, 5),
                        Arbitraries.integers().between(6, 150))
                .map(TimePasses::new);
    }

    static Arbitrary<Happening> crashes() {
        return Arbitraries.of(
                new Crash(),
                new CrashSoon(CrashPoint.BEFORE_COMMIT),
                new CrashSoon(CrashPoint.AFTER_COMMIT),
                new CrashSoon(CrashPoint.AFTER_CALL));
    }

    /// What a market does to those who rent there.
    static Arbitrary<Happening> market() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 5);
        return Arbitraries.oneOf(
                Combinators.combine(any, Arbitraries.of(0, 30, 120)).as(Preemption::new),
                any.map(ZoneClosed::new),
                any.map(ZoneOpened::new));
    }

    static Arbitrary<Happening> requests() {
        return Arbitraries.integers().between(0, 6).map(Requests::new);
    }

    static Arbitrary<Happening> faults() {
        Arbitrary<Integer> any = Arbitraries.integers().between(0, 5);
        return Arbitraries.frequencyOf(
                Tuple.of(4, callFaults()),
                Tuple.of(1, any.map(Exit::new)),
                Tuple.of(1, any.map(Outage::new)),
                Tuple.of(2, any.map(OutageEnds::new)),
                Tuple.of(1, Arbitraries.just(new EventsLost())));
    }

    private static Arbitrary<Happening> callFaults() {
        Scope everywhere = new Scope(LocationPattern.parse("sim"), Optional.empty(), Optional.empty());
        return Combinators.combine(
                        Arbitraries.of(Call.LAUNCH, Call.LAUNCH, Call.TERMINATE, Call.OBSERVE, Call.OFFERS),
                        Arbitraries.of(
                                new Fault.CallLost(),
                                new Fault.AnswerLost(),
                                new Fault.Late(Duration.ofSeconds(20)),
                                new Fault.Late(Duration.ofMinutes(4)),
                                new Fault.Refused(new Failure.Throttled(Duration.ofSeconds(3), "slower")),
                                new Fault.Refused(new Failure.NoCapacity(everywhere, "full")),
                                new Fault.Refused(new Failure.PreemptedDuringLaunch(everywhere, "gone again")),
                                new Fault.Refused(new Failure.PriceTooLow(everywhere, "dearer now")),
                                new Fault.Refused(new Failure.InvalidRequest("no")),
                                new Fault.Refused(new Failure.Denied("no"))))
                .as(CallFails::new);
    }
}
