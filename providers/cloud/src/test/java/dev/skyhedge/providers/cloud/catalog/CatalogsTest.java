package dev.skyhedge.providers.cloud.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.Accelerator;
import dev.skyhedge.spi.HourlyPrice;
import dev.skyhedge.spi.LocationPattern;
import dev.skyhedge.spi.MachineShape;
import dev.skyhedge.spi.Market;
import dev.skyhedge.spi.Offer;
import dev.skyhedge.spi.OfferQuery;
import dev.skyhedge.spi.PriceCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CatalogsTest {
    @TempDir
    Path directory;

    private static PriceCatalog at(String time) {
        return new PriceCatalog(
                "aws",
                Instant.parse(time),
                "made up",
                List.of(entry(List.of(), "0.8", Optional.of("0.3")), entry(List.of("z"), "0.9", Optional.of("0.9"))));
    }

    private static PriceCatalog.Entry entry(List<String> zones, String onDemand, Optional<String> spot) {
        return new PriceCatalog.Entry(
                "g6.xlarge",
                Accelerator.parse("L4"),
                new MachineShape(4, 16_384),
                zones.isEmpty() ? "us-east-1" : "us-west-2",
                zones,
                Optional.of(HourlyPrice.ofUsd(onDemand)),
                spot.map(HourlyPrice::ofUsd));
    }

    @Test
    void readsBackWhatItWrote() throws IOException {
        PriceCatalog catalog = at("2026-07-20T00:00:00Z");

        assertThat(CatalogFile.read("prices", CatalogFile.write(catalog).lines().toList()))
                .isEqualTo(catalog);
    }

    @Test
    void saysWhereAMistakeIs() {
        String good = CatalogFile.write(at("2026-07-20T00:00:00Z"));

        assertThatThrownBy(() -> CatalogFile.read(
                        "prices.csv",
                        (good + "g6.xlarge,L4,many,4,1,r,,1,\n").lines().toList()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("prices.csv:7:");
        assertThatThrownBy(() -> CatalogFile.read(
                        "prices.csv", good.replace("00:00Z", "noon").lines().toList()))
                .hasMessageContaining("prices.csv:2:");
    }

    @Test
    void takesTheNewestFileUnlessTheShippedListIsNewer() throws IOException {
        PriceCatalog shipped = at("2026-07-20T00:00:00Z");
        assertThat(Catalogs.inForce(shipped, directory.resolve("none"))).isEqualTo(shipped);

        Catalogs.keep(at("2026-06-01T00:00:00Z"), directory);
        assertThat(Catalogs.inForce(shipped, directory)).isEqualTo(shipped);

        Path kept = Catalogs.keep(at("2026-08-01T12:00:00Z"), directory);
        assertThat(kept).hasFileName("prices-2026-08-01.csv");
        assertThat(Catalogs.inForce(shipped, directory).pricedAt()).isEqualTo("2026-08-01T12:00:00Z");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void keepsThemForTheirOwnerAlone() throws IOException {
        Path provider = directory.resolve("providers").resolve("aws");

        Path kept = Catalogs.keep(at("2026-08-01T00:00:00Z"), provider);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                .isEqualTo("rw-------");
        for (Path made : List.of(provider, directory.resolve("providers"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void keepsOnlyTheNewestFiles() throws IOException {
        for (int day = 1; day <= 8; day++) {
            Catalogs.keep(at("2026-08-0" + day + "T00:00:00Z"), directory);
        }

        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()).sorted())
                    .hasSize(5)
                    .first()
                    .isEqualTo("prices-2026-08-04.csv");
        }
    }

    @Test
    void offersSpotOnlyWhereItIsCheaper() {
        List<Offer> offers = CatalogOffers.offers(
                at("2026-07-20T00:00:00Z"),
                new OfferQuery(List.of(LocationPattern.parse("aws")), List.of(Accelerator.parse("L4"))),
                region -> List.of("a", "b"),
                CatalogOffers.SpotPrices.LISTED);

        assertThat(offers).filteredOn(offer -> offer.market() == Market.SPOT).hasSize(2);
        assertThat(offers)
                .filteredOn(offer -> offer.location().zone().equals("z"))
                .extracting(Offer::market)
                .containsExactly(Market.ON_DEMAND);
    }

    @Test
    void offersOnlyWhatIsAskedFor() {
        PriceCatalog catalog = at("2026-07-20T00:00:00Z");

        assertThat(CatalogOffers.offers(
                        catalog,
                        new OfferQuery(List.of(LocationPattern.parse("aws/us-west-2/*")), List.of()),
                        region -> List.of("a"),
                        CatalogOffers.SpotPrices.LISTED))
                .hasSize(1);
        assertThat(CatalogOffers.offers(
                        catalog,
                        new OfferQuery(List.of(LocationPattern.parse("*")), List.of(Accelerator.parse("T4"))),
                        region -> List.of("a"),
                        CatalogOffers.SpotPrices.LISTED))
                .isEmpty();
    }
}
