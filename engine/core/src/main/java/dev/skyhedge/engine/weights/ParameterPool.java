package dev.skyhedge.engine.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/// Which models are in memory where, so that a start never has to wait for a disk or an object store
/// (BlitzScale, section 5.1). Between any two events each model has a copy, or one is being loaded, or
/// there is no machine to hold one; and no model has more than one host copy, held or being loaded.
public final class ParameterPool {
    private final SortedMap<String, ModelCopies> models;
    private final SortedSet<String> instances;

    private ParameterPool(SortedMap<String, ModelCopies> models, SortedSet<String> instances) {
        this.models = Collections.unmodifiableSortedMap(models);
        this.instances = Collections.unmodifiableSortedSet(instances);
    }

    public static ParameterPool empty() {
        return new ParameterPool(new TreeMap<>(), new TreeSet<>());
    }

    public Set<String> models() {
        return models.keySet();
    }

    /// Machines that may hold copies.
    public Set<String> instances() {
        return instances;
    }

    /// Whole copies of a model; empty also for a model that is not declared.
    public SortedSet<Place> where(String model) {
        return of(model).map(ModelCopies::places).orElseGet(TreeSet::new);
    }

    /// The machine that loads a host copy of the model now.
    public Optional<String> coming(String model) {
        return of(model).flatMap(ModelCopies::coming);
    }

    /// From whom the model may be had, best first: replicas that stay, replicas that are about to end,
    /// and the memory of a machine only where no replica has it.
    ///
    /// @param egress the share of its outgoing link that an instance uses now, 0 to 1: idle ones first
    public List<Place> sources(String model, ToDoubleFunction<String> egress) {
        ModelCopies copies = of(model).orElse(ModelCopies.none(1));
        List<Place> gpus =
                copies.places().stream().filter(Place.Gpu.class::isInstance).toList();
        List<Place> staying = copies.staying();
        return (gpus.isEmpty() ? copies.places().stream() : gpus.stream())
                .sorted(Comparator.<Place, Boolean>comparing(place -> !staying.contains(place))
                        .thenComparingDouble(place -> egress.applyAsDouble(place.instance()))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
    }

    /// Bytes of host copies in an instance, those included that it is loading.
    public long hostBytes(String instance) {
        return models.values().stream()
                .filter(copies -> copies.places().contains(new Place.Host(instance))
                        || copies.coming().equals(Optional.of(instance)))
                .mapToLong(ModelCopies::bytes)
                .sum();
    }

    /// The pool after an event, with what is to be done for it.
    public PoolStep on(PoolEvent event) {
        return switch (event) {
            case PoolEvent.Declared it ->
                models.containsKey(it.model())
                        ? nothing()
                        : put(it.model(), ModelCopies.none(it.bytes())).kept("it has no copy yet");
            case PoolEvent.Withdrawn it -> withdrawn(it.model());
            case PoolEvent.Joined it -> joined(it.instance());
            case PoolEvent.Gone it -> gone(it.instance());
            case PoolEvent.Loaded it ->
                instances.contains(it.instance())
                        ? changed(it.model(), copies -> copies.with(new Place.Gpu(it.replica(), it.instance())))
                        : nothing();
            case PoolEvent.Reclaimed it -> changed(it.model(), copies -> reclaimed(copies, it.replica()));
            case PoolEvent.HostLoaded it ->
                changed(
                        it.model(),
                        copies -> copies.coming().equals(Optional.of(it.instance()))
                                ? copies.coming(Optional.empty()).with(new Place.Host(it.instance()))
                                : copies);
            case PoolEvent.HostFailed it -> failed(it.model(), it.instance());
        };
    }

    private static ModelCopies reclaimed(ModelCopies copies, String replica) {
        boolean known = copies.places().stream()
                .anyMatch(
                        place -> place instanceof Place.Gpu gpu && gpu.replica().equals(replica));
        return known ? copies.leaving(replica) : copies;
    }

    private PoolStep withdrawn(String model) {
        ModelCopies copies = models.get(model);
        if (copies == null) {
            return nothing();
        }
        List<PoolOrder> orders = new ArrayList<>();
        copies.host()
                .map(Place.Host::instance)
                .or(copies::coming)
                .ifPresent(instance ->
                        orders.add(new PoolOrder.DropHost(model, instance, "the model is not wanted any more")));
        copies.leaving()
                .forEach(replica ->
                        orders.add(new PoolOrder.Release(model, replica, "the model is not wanted any more")));
        SortedMap<String, ModelCopies> rest = new TreeMap<>(models);
        rest.remove(model);
        return new PoolStep(new ParameterPool(rest, new TreeSet<>(instances)), orders);
    }

    private PoolStep joined(String instance) {
        SortedSet<String> more = new TreeSet<>(instances);
        more.add(instance);
        return new ParameterPool(new TreeMap<>(models), more).kept("it has no copy, and there is a machine now");
    }

    private PoolStep gone(String instance) {
        SortedSet<String> rest = new TreeSet<>(instances);
        rest.remove(instance);
        SortedMap<String, ModelCopies> left = new TreeMap<>();
        models.forEach((model, copies) -> {
            List<Place> lost = copies.places().stream()
                    .filter(place -> place.instance().equals(instance))
                    .toList();
            left.put(model, copies.without(lost).coming(copies.coming().filter(other -> !other.equals(instance))));
        });
        return new ParameterPool(left, rest).kept("the last copy was on " + instance + ", which is lost");
    }

    private PoolStep failed(String model, String instance) {
        if (!coming(model).equals(Optional.of(instance))) {
            return nothing();
        }
        ParameterPool without =
                put(model, models.getOrDefault(model, ModelCopies.none(1)).coming(Optional.empty()));
        return without.kept("loading it on " + instance + " failed", Optional.of(instance));
    }

    private PoolStep changed(String model, UnaryOperator<ModelCopies> change) {
        ModelCopies copies = models.get(model);
        return copies == null
                ? nothing()
                : put(model, change.apply(copies)).kept("a replica that holds the last copy is to end");
    }

    /// Orders what the promise asks for, and nothing that it does not.
    private PoolStep kept(String why) {
        return kept(why, Optional.empty());
    }

    /// @param avoided where a load has just failed: taken again only if there is no other machine
    private PoolStep kept(String why, Optional<String> avoided) {
        List<PoolOrder> orders = new ArrayList<>();
        ParameterPool pool = this;
        for (String model : models.keySet()) {
            pool = pool.kept(model, why, avoided, orders);
        }
        return new PoolStep(pool, orders);
    }

    private ParameterPool kept(String model, String why, Optional<String> avoided, List<PoolOrder> orders) {
        ModelCopies copies = of(model).orElseThrow();
        List<Place> staying = copies.staying();
        if (staying.isEmpty()) {
            return copies.coming().isPresent() ? this : ordered(model, copies, why, avoided, orders);
        }
        List<Place.Gpu> released = copies.places().stream()
                .filter(place -> !staying.contains(place))
                .map(Place.Gpu.class::cast)
                .toList();
        released.forEach(gpu -> orders.add(new PoolOrder.Release(
                model, gpu.replica(), "the model stays in " + staying.getFirst().instance())));
        ModelCopies rest = copies.without(released);
        Optional<Place.Host> spare = rest.host().filter(_ -> staying.stream().anyMatch(Place.Gpu.class::isInstance));
        spare.ifPresent(
                host -> orders.add(new PoolOrder.DropHost(model, host.instance(), "a replica holds the model")));
        return put(model, rest.without(spare.stream().toList()));
    }

    private ParameterPool ordered(
            String model, ModelCopies copies, String why, Optional<String> avoided, List<PoolOrder> orders) {
        Optional<String> instance = instances.stream()
                .min(Comparator.<String, Boolean>comparing(each -> avoided.equals(Optional.of(each)))
                        .thenComparingLong(this::hostBytes)
                        .thenComparing(each -> each));
        instance.ifPresent(
                each -> orders.add(new PoolOrder.LoadHost(model, each, why + "; this machine holds the fewest bytes")));
        return put(model, copies.coming(instance));
    }

    private Optional<ModelCopies> of(String model) {
        return Optional.ofNullable(models.get(model));
    }

    private ParameterPool put(String model, ModelCopies copies) {
        SortedMap<String, ModelCopies> changed = new TreeMap<>(models);
        changed.put(model, copies);
        return new ParameterPool(changed, new TreeSet<>(instances));
    }

    private PoolStep nothing() {
        return new PoolStep(this, List.of());
    }
}
