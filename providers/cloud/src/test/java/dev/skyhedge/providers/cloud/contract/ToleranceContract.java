package dev.skyhedge.providers.cloud.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.Instance;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.Observation;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferList;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.Unreachable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/// Implementations of a cloud's API by others leave out a lot, and the cloud itself says new things without
/// asking. Whatever one part of a reply is turned into, a client gives an outcome, shows no strangers, and
/// loses none of ours that the reply still names.
public abstract class ToleranceContract {
    /// A few of some hundred damages in each run, others each time.
    private static final int TRIES = 20;

    /// A damage to the replies of a call.
    public record Damaged(String call, ReplyFormat.Place place, Damage damage) {
        @Override
        public String toString() {
            return call + ": " + damage + " " + place;
        }
    }

    /// A reply to a call.
    public record Told(String call, String reply) {}

    /// The lineage that is looked for.
    protected abstract String lineage();

    /// A client that remembers nothing.
    protected abstract Provider client();

    /// The client is not needed any more.
    protected abstract void release(Provider client);

    protected abstract ReplyFormat format();

    /// All replies since this was asked last.
    protected abstract List<Told> takeReplies();

    /// The good replies to a call are like this from now on.
    protected abstract void change(String call, UnaryOperator<String> reply);

    /// All replies are good from now on.
    protected abstract void heal();

    /// Whether a list in this reply still has the instance's id and our tags.
    protected abstract boolean names(Told told, Instance instance);

    private List<Damaged> damages(Consumer<Provider> reading) {
        heal();
        takeReplies();
        Provider client = client();
        reading.accept(client);
        release(client);
        Map<String, Damaged> all = new LinkedHashMap<>();
        for (Told told : takeReplies()) {
            for (Damage damage : Damage.values()) {
                for (ReplyFormat.Place place : format().places(told.reply(), damage)) {
                    Damaged one = new Damaged(told.call(), place, damage);
                    all.put(one.toString(), one);
                }
            }
        }
        return new ArrayList<>(all.values());
    }

    @Provide
    Arbitrary<Damaged> whileObserving() {
        return Arbitraries.of(damages(client -> Outcomes.done(client.observe(lineage()))));
    }

    @Provide
    Arbitrary<Damaged> whileAskingForOffers() {
        return Arbitraries.of(damages(client -> {
            Outcomes.done(client.offers(new OfferQuery(List.of(LocationPattern.parse("*")), List.of())));
            Outcomes.done(client.quotas());
        }));
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void observationKeepsWhatIsNamedAndShowsNoStrangers(@ForAll("whileObserving") Damaged damaged) {
        heal();
        Provider client = client();
        List<Instance> all = good(client());
        takeReplies();
        spoil(damaged);

        Outcome<Observation> outcome = client.observe(lineage());

        if (outcome instanceof Outcome.Done<Observation>(Observation seen)) {
            List<Told> told = takeReplies();
            assertThat(seen.instances())
                    .allMatch(one -> one.tags().lineage().equals(lineage()))
                    .allMatch(one -> ids(all).contains(one.id()) || one.id().contains(Damage.UNHEARD_OF));
            all.stream()
                    .filter(one -> told.stream().anyMatch(reply -> names(reply, one)))
                    .filter(one -> seen.unreachable().stream().noneMatch(gap -> covers(gap, one)))
                    .forEach(one -> assertThat(ids(seen.instances())).contains(one.id()));
            all.stream()
                    .filter(Instance::isLive)
                    .forEach(live -> assertThat(seen.instances())
                            .filteredOn(one -> one.id().equals(live.id()))
                            .allMatch(Instance::isLive));
        }
        heal();
        assertThat(live(good(client))).isEqualTo(live(all));
        release(client);
    }

    @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
    void offersAreThoseOfTheListOrNone(@ForAll("whileAskingForOffers") Damaged damaged) {
        heal();
        OfferQuery query = new OfferQuery(List.of(LocationPattern.parse("*")), List.of());
        Provider client = client();
        spoil(damaged);

        Outcome<OfferList> outcome = client.offers(query);
        Outcome<?> quotas = client.quotas();

        assertThat(quotas).isNotNull();
        if (outcome instanceof Outcome.Done<OfferList>(OfferList list)) {
            assertThat(list.offers())
                    .extracting(Offer::instanceType)
                    .allMatch(type -> list.shapes().containsKey(type));
        }
        release(client);
    }

    private void spoil(Damaged damaged) {
        change(damaged.call(), reply -> format().damaged(reply, damaged.place(), damaged.damage()));
    }

    private List<Instance> good(Provider client) {
        return Outcomes.done(client.observe(lineage())).instances();
    }

    /// Nothing of a bad reply sticks to what lives on.
    private static List<String> live(List<Instance> all) {
        return all.stream()
                .filter(Instance::isLive)
                .map(one -> String.join(
                        " ", one.id(), one.state().name(), one.offer().toString()))
                .sorted()
                .toList();
    }

    private static boolean covers(Unreachable gap, Instance one) {
        return gap.locations().matches(one.offer().location());
    }

    private static SortedSet<String> ids(List<Instance> instances) {
        return instances.stream().map(Instance::id).collect(Collectors.toCollection(TreeSet::new));
    }
}
