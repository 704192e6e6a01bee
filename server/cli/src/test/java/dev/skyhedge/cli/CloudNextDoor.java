package dev.skyhedge.cli;

import com.sun.net.httpserver.HttpServer;
import dev.skyhedge.providers.simulated.Cloud;
import dev.skyhedge.providers.simulated.CloudDescription;
import dev.skyhedge.providers.simulated.CloudRules;
import dev.skyhedge.providers.simulated.Ledger;
import dev.skyhedge.providers.simulated.Listing;
import dev.skyhedge.providers.simulated.Rental;
import dev.skyhedge.providers.simulated.SimulatedProvider;
import dev.skyhedge.providers.simulated.VirtualMachines;
import dev.skyhedge.providers.simulated.market.CalmMarket;
import dev.skyhedge.providers.simulated.market.MarketSeries;
import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Endpoint;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.Location;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A simulated cloud on the real clock that outlives the commands that use it, as a real one does. Its replicas
/// all answer at one server, with whatever status a test likes.
final class CloudNextDoor implements ProviderFactory, AutoCloseable {
    private static final Duration TICK = Duration.ofMillis(5);
    private static final int ROOM = 1_000;

    private final Cloud cloud;
    private final HttpServer server;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cloud-next-door").factory());
    private volatile int status = 200;
    private volatile Optional<Failure> closed = Optional.empty();
    private volatile Optional<Failure> hidden = Optional.empty();
    private volatile CloudAccount account = CloudAccount.NONE;

    /// Rents out machines with one L4.
    CloudNextDoor() {
        this("L4:1");
    }

    /// Rents out machines with any of these, each as dear as the first.
    CloudNextDoor(String... accelerators) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        int port = server.getAddress().getPort();
        Instant now = Instant.now();
        cloud = new Cloud(
                description(now, accelerators),
                VirtualMachines.withEndpoints((instance, workload) -> new Endpoint("127.0.0.1", port)),
                new Ledger(),
                now);
        clock.scheduleAtFixedRate(
                () -> cloud.advanceTo(Instant.now()), TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static CloudDescription description(Instant origin, String... accelerators) {
        var series = List.of(MarketSeries.ofZone("east", "east-a"), MarketSeries.ofZone("west", "west-a"));
        List<Listing> listings = series.stream()
                .flatMap(one -> Stream.of(accelerators)
                        .map(accelerator -> new Listing(
                                accelerator.equals("L4:1") ? "g6.xlarge" : "with-" + accelerator.replace(':', '-'),
                                Accelerator.parse(accelerator),
                                new Location("simulated", one.region(), one.zone()),
                                Optional.of(HourlyPrice.ofUsd("0.80")),
                                HourlyPrice.ofUsd("0.30"),
                                Optional.of(one.key()))))
                .toList();
        return new CloudDescription(
                "simulated",
                listings,
                new CalmMarket(series, ROOM),
                origin,
                CloudRules.calm(),
                new SplittableRandom(1));
    }

    Cloud cloud() {
        return cloud;
    }

    /// What replicas answer from now on.
    void answer(int httpStatus) {
        status = httpStatus;
    }

    /// Whose cloud it is said to be from now on. What runs in it stays visible all the same.
    void account(CloudAccount other) {
        account = other;
    }

    /// Nobody can open it any more.
    void deny(String why) {
        closed = Optional.of(new Failure.Denied(why));
    }

    /// It can be opened, and nobody may look any more.
    void hide(String why) {
        hidden = Optional.of(new Failure.Denied(why));
    }

    List<Rental> live() {
        return cloud.ledger().live();
    }

    List<Rental> everRented() {
        return cloud.ledger().rentals();
    }

    @Override
    public String name() {
        return "simulated";
    }

    @Override
    public List<String> settingNames() {
        return List.of();
    }

    @Override
    public List<SettingProblem> check(ProviderSettings settings) {
        return List.of();
    }

    @Override
    public Outcome<Provider> open(ProviderSettings settings) {
        return closed.<Outcome<Provider>>map(Outcome::failed).orElseGet(() -> Outcome.done(client()));
    }

    /// A client that says whose cloud it is.
    private Provider client() {
        var client = new SimulatedProvider(cloud);
        return (Provider) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Provider.class}, (_, method, arguments) -> {
                    if (method.getName().equals("account")) {
                        return Outcome.done(account);
                    }
                    if (hidden.isPresent() && List.of("observe", "offers").contains(method.getName())) {
                        return Outcome.failed(hidden.get());
                    }
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Override
    public void close() {
        clock.shutdownNow();
        server.stop(0);
    }
}
