package dev.skyhedge.providers.simulated.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skyhedge.spi.HourlyPrice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedMarketTest {
    private static final String GOOD = """
            series,start_tick,end_tick,capacity
            a,0,2,4
            a,2,5,0
            a,5,6,1
            """;
    private static final String META = """
            {"gap_seconds": 34, "series": [{"key": "a", "zone": "za", "region": "r", "instance_type": "t",
             "gpu": "V100", "gpus_per_instance": 1, "ticks": 6, "has_prices": true}],
             "max_capacity": 4}
            """;
    private static final String PRICES = """
            series,start_tick,end_tick,usd_per_hour
            a,0,3,1.25
            a,3,6,1.5
            """;

    @TempDir
    Path directory;

    @Test
    void looksUpByTimeNotByTick() throws IOException {
        RecordedMarket market = market(GOOD);

        assertThat(market.capacity("a", Duration.ofSeconds(67))).isEqualTo(4);
        assertThat(market.capacity("a", Duration.ofSeconds(68))).isZero();
        assertThat(market.price("a", Duration.ofSeconds(101))).contains(HourlyPrice.ofUsd("1.25"));
        assertThat(market.price("a", Duration.ofSeconds(102))).contains(HourlyPrice.ofUsd("1.5"));
    }

    @Test
    void tellsTheNextChangeOfCapacityOrPrice() throws IOException {
        RecordedMarket market = market(GOOD);

        assertThat(market.nextChange("a", Duration.ZERO)).contains(Duration.ofSeconds(68));
        assertThat(market.nextChange("a", Duration.ofSeconds(68))).contains(Duration.ofSeconds(102));
        assertThat(market.nextChange("a", Duration.ofSeconds(180))).contains(Duration.ofSeconds(204));
    }

    @Test
    void beginsAnewAtItsEnd() throws IOException {
        RecordedMarket market = market(GOOD);

        assertThat(market.length("a")).isEqualTo(Duration.ofSeconds(204));
        assertThat(market.capacity("a", Duration.ofSeconds(204))).isEqualTo(4);
        assertThat(market.nextChange("a", Duration.ofSeconds(204))).contains(Duration.ofSeconds(272));
    }

    @Test
    void mayStartInTheMiddle() throws IOException {
        RecordedMarket market = market(GOOD).startingAt(Duration.ofSeconds(170));

        assertThat(market.capacity("a", Duration.ZERO)).isEqualTo(1);
        assertThat(market.nextChange("a", Duration.ZERO)).contains(Duration.ofSeconds(34));
    }

    @Test
    void refusesGapsOverlapsAndStrangersWithTheirLine() {
        assertRefused(GOOD.replace("a,2,5,0", "a,3,5,0"), "capacity.csv:3:3: gap: ticks 2 to 3 are missing");
        assertRefused(
                GOOD.replace("a,2,5,0", "a,1,5,0"), "capacity.csv:3:3: overlap: tick 1 was already covered up to 2");
        assertRefused(GOOD.replace("a,2,5,0", "b,2,5,0"), "capacity.csv:3:1: series \"b\" is not in meta.json");
        assertRefused(GOOD.replace("a,5,6,1\n", ""), "capacity.csv:3:1: a ends at tick 5 of 6");
        assertRefused(GOOD.replace("a,5,6,1", "a,5,7,1"), "capacity.csv:4:5: run ends at tick 7 of 6");
        assertRefused(
                GOOD.replace("a,5,6,1", "a,5,6,x"),
                "capacity.csv:4:7: a number from 0 to 4, the max_capacity of meta.json,");
        assertRefused(GOOD.replace("a,5,6,1", "a,5,6"), "capacity.csv:4:1: has 3 fields instead of 4");
    }

    @Test
    void refusesAFileWithoutItsHeader() {
        assertRefused(GOOD.substring(GOOD.indexOf('\n') + 1), "capacity.csv:1:1: the first line is to be series,");
    }

    @Test
    void refusesNumbersThatAreTooLarge() {
        assertRefused(
                GOOD.replace("a,5,6,1", "a,5,6,99999999999"),
                "capacity.csv:4:7: a number from 0 to 4, the max_capacity");
    }

    @Test
    void saysWhereInTheMetadataAMistakeIs() {
        assertMetaRefused(META.replace("\"ticks\": 6", "\"ticks\": \"six\""), "meta.json:2:41: \"ticks\" is a whole");
        assertMetaRefused(META.replace("\"region\": \"r\", ", ""), "meta.json:1:32: a series has no \"region\"");
        assertMetaRefused(META.replace("34", "0"), "meta.json:1:2: \"gap_seconds\" is a whole number");
        assertMetaRefused(META.replace("4}", "4"), "meta.json:");
    }

    @Test
    void refusesMoreRoomThanWasAskedFor() {
        assertRefused(GOOD.replace("a,0,2,4", "a,0,2,5"), "capacity.csv:2:7: a number from 0 to 4, the max_capacity");
        assertMetaRefused(
                META.replace("\"max_capacity\": 4", "\"note\": \"\""),
                "meta.json:1:1: \"max_capacity\" is a whole number from 1");
    }

    @Test
    void readsUtf8WithAByteOrderMarkAndNothingElse() throws IOException {
        market("\ufeff" + META, "\ufeff" + GOOD);
        Files.writeString(directory.resolve("capacity.csv"), GOOD, StandardCharsets.UTF_16);

        assertThatThrownBy(() -> RecordedMarketReader.read(directory))
                .isInstanceOf(MarketFormatException.class)
                .hasMessageStartingWith("capacity.csv:1:1: the line is not encoded in UTF-8");

        Files.writeString(directory.resolve("meta.json"), META, StandardCharsets.UTF_16);

        assertThatThrownBy(() -> RecordedMarketReader.read(directory))
                .isInstanceOf(MarketFormatException.class)
                .hasMessage("meta.json: is not encoded in UTF-8");
    }

    private void assertMetaRefused(String meta, String message) {
        assertThatThrownBy(() -> market(meta, GOOD))
                .isInstanceOf(MarketFormatException.class)
                .hasMessageStartingWith(message);
    }

    private void assertRefused(String capacity, String message) {
        assertThatThrownBy(() -> market(capacity))
                .isInstanceOf(MarketFormatException.class)
                .hasMessageStartingWith(message);
    }

    private RecordedMarket market(String capacity) throws IOException {
        return market(META, capacity);
    }

    private RecordedMarket market(String meta, String capacity) throws IOException {
        Files.writeString(directory.resolve("meta.json"), meta);
        Files.writeString(directory.resolve("capacity.csv"), capacity);
        Files.writeString(directory.resolve("prices.csv"), PRICES);
        return RecordedMarketReader.read(directory);
    }
}
