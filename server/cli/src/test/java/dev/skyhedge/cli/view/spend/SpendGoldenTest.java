package dev.skyhedge.cli.view.spend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.cli.view.Display;
import dev.skyhedge.cli.view.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SpendGoldenTest {
    private static final Charges CHARGES = Spent.charges();

    @Test
    void asPeopleReadIt() {
        Golden.check(
                "spend.txt",
                SpendText.render(CHARGES, List.of(SpendBy.USE), new Display(80, false)) + "\n"
                        + SpendText.render(
                                CHARGES,
                                List.of(SpendBy.DAY, SpendBy.SERVICE, SpendBy.MARKET),
                                new Display(80, false)));
    }

    @Test
    void asScriptsReadIt() {
        Golden.check("spend.json", SpendJson.render(CHARGES, List.of(SpendBy.SERVICE, SpendBy.USE)));
    }

    @Test
    void inTheColumnsOfFocus() {
        Golden.check("spend-focus.csv", FocusCsv.render(CHARGES, Map.of("aws", "123456789012")));
    }

    @Test
    void everySumIsTheSameWhole() {
        for (SpendBy by : SpendBy.values()) {
            assertThat(SpendSums.of(CHARGES, List.of(by)).stream()
                            .mapToLong(SpendSums.Sum::microDollars)
                            .sum())
                    .as("by %s", by)
                    .isEqualTo(CHARGES.microDollars());
        }
    }

    @Test
    void whereNothingWasSpentItSaysSo() {
        Charges none = Charges.of(List.of(), Spent.START, Spent.NOW);

        assertThat(SpendText.render(none, List.of(SpendBy.USE), new Display(80, false)))
                .isEqualTo("Nothing was spent.\n");
    }
}
