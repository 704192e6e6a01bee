package dev.skyhedge.providers.aws.fake;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;

/// EC2 on a loopback port, and the levers of its operator.
public final class FakeEc2 implements AutoCloseable {
    /// A call that arrived, and what was answered.
    ///
    /// @param parameters of the form
    /// @param status of the answer; 0 if the connection was broken
    /// @param reply body of the answer; empty if none was sent
    public record Exchange(String region, String action, Map<String, String> parameters, int status, String reply) {}

    private final InstantSource clock;
    private final World world;
    private final Rules rules = new Rules();
    private final Faults faults = new Faults();
    private final Market market;
    private final Map<String, Region> regions = new LinkedHashMap<>();
    private final Queue<Exchange> exchanges = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    /// Starts it.
    ///
    /// @param port to listen on; 0 for any
    public static FakeEc2 start(World world, InstantSource clock, int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        FakeEc2 fake = new FakeEc2(world, clock, server);
        server.createContext("/", new Wire(fake));
        server.setExecutor(fake.threads);
        server.start();
        return fake;
    }

    private FakeEc2(World world, InstantSource clock, HttpServer server) {
        this.world = world;
        this.clock = clock;
        this.market = new Market(clock.instant());
        this.server = server;
        int number = 0;
        for (String name : world.regions().keySet()) {
            regions.put(name, new Region(name, number++, world, market, rules, clock.instant()));
        }
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public Rules rules() {
        return rules;
    }

    public Faults faults() {
        return faults;
    }

    public Market market() {
        return market;
    }

    public World world() {
        return world;
    }

    InstantSource clock() {
        return clock;
    }

    Map<String, Region> regions() {
        return regions;
    }

    void record(Exchange exchange) {
        exchanges.add(exchange);
    }

    /// All calls since the last [#forgetExchanges].
    public List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    public List<Exchange> exchanges(String action) {
        return exchanges.stream()
                .filter(exchange -> exchange.action().equals(action))
                .toList();
    }

    public void forgetExchanges() {
        exchanges.clear();
    }

    /// Everything that is still remembered, live or ended.
    public List<Rented> rented() {
        List<Rented> all = new ArrayList<>();
        for (Region region : regions.values()) {
            synchronized (region) {
                region.tick(clock.instant());
                region.machines().forEach(machine -> all.add(Rented.of(region, machine)));
            }
        }
        return all;
    }

    public List<Rented> live() {
        return rented().stream().filter(Rented::isLive).toList();
    }

    /// Takes an instance back.
    ///
    /// @param notice time until its end; zero for no notice
    /// @return whether there was one to take
    public boolean preempt(String id, Duration notice) {
        return anywhere(region -> region.take(id, notice, clock.instant()));
    }

    /// Ends an instance from inside.
    public boolean shutDown(String id) {
        return anywhere(region -> region.shutDown(id, clock.instant()));
    }

    /// Rents on-demand instances for somebody, past the API.
    ///
    /// @param tags of each
    public void populate(String zone, String type, int count, IntFunction<Map<String, String>> tags) {
        Region region = Objects.requireNonNull(regions.get(zone.substring(0, zone.length() - 1)), zone);
        synchronized (region) {
            for (int i = 0; i < count; i++) {
                RunOrder order = RunOrder.plain(world, region.name, zone, type, tags.apply(i));
                region.run(order, clock.instant());
            }
        }
    }

    /// Adds to the console of every instance that runs.
    public void everybodySays(String text) {
        anywhere(region -> {
            region.machines().stream()
                    .filter(machine -> machine.state == Machine.State.RUNNING)
                    .forEach(machine -> machine.console += text);
            return true;
        });
    }

    /// Sets the spot price of a type in a zone.
    public void price(String zone, String type, String usd) {
        market.price(zone, type, usd, clock.instant());
    }

    private boolean anywhere(Predicate<Region> act) {
        boolean done = false;
        for (Region region : regions.values()) {
            synchronized (region) {
                region.tick(clock.instant());
                done |= act.test(region);
            }
        }
        return done;
    }

    /// Changes tags from outside, as somebody at a console does.
    public void retag(String id, Function<Map<String, String>, Map<String, String>> change) {
        anywhere(region -> {
            region.machines().stream().filter(machine -> machine.id.equals(id)).forEach(machine -> {
                Map<String, String> changed = change.apply(Map.copyOf(machine.tags));
                machine.tags.clear();
                machine.tags.putAll(changed);
            });
            return true;
        });
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
