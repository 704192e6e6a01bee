package dev.skyhedge.providers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.spi.conformance.ProviderConformance;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/// The conformance suite finds mistakes.
class BrokenProvidersTest {
    @Test
    void launchingTwiceUnderOneTokenIsFound() {
        assertThat(failures(BrokenProviders.ForgetsTokens.class))
                .contains(
                        "sameTokenGivesTheSameInstance()",
                        "sameTokenWithAnotherWorkloadIsAConflict()",
                        "concurrentLaunchesWithOneTokenGiveOneInstance()");
    }

    @Test
    void takingSilenceForEmptinessIsFound() {
        assertThat(failures(BrokenProviders.TakesSilenceForEmptiness.class))
                .containsExactly("unreachableLocationIsNamedInsteadOfLookingEmpty()");
    }

    @Test
    void swallowingNoticesAndGapsIsFound() {
        assertThat(failures(BrokenProviders.SwallowsNoticesAndGaps.class))
                .containsExactlyInAnyOrder(
                        "noticeEventuallyArrivesBeforeThePreemption()",
                        "disturbanceIsToldAndDeliveryEventuallyResumes()");
    }

    @Test
    void terminationThatIsNotIdempotentIsFound() {
        assertThat(failures(BrokenProviders.FailsToEndWhatIsGone.class))
                .containsExactly("terminatingWhatNeverExistedSucceeds()");
    }

    @Test
    void clientThatTakesItsInstancesAlongIsFound() {
        assertThat(failures(BrokenProviders.TakesItsInstancesAlong.class))
                .containsExactly("instancesOutliveTheirClient()");
    }

    private static List<String> failures(Class<? extends ProviderConformance> suite) {
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(suite))
                                .filters(EngineFilter.includeEngines("junit-jupiter"))
                                .build(),
                        summary);
        assertThat(summary.getSummary().getTestsFoundCount()).isGreaterThan(20);
        return summary.getSummary().getFailures().stream()
                .map(failure -> failure.getTestIdentifier().getDisplayName())
                .toList();
    }
}
