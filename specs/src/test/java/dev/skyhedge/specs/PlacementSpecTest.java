package dev.skyhedge.specs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementSpecTest {
    /// An interface with a method of its own is made before the first of its records, and its default would be of a
    /// record that is not made yet.
    @ParameterizedTest
    @ValueSource(strings = {"PlacementSpec$Skyhedge", "PlacementSpec$SpotHedge", "PlacementSpec$OnDemand"})
    void hasItsDefaultWhicheverPolicyIsUsedFirst(String first) throws Exception {
        URL[] here = {PlacementSpec.class.getProtectionDomain().getCodeSource().getLocation()};
        try (var fresh = new URLClassLoader(here, ClassLoader.getPlatformClassLoader())) {
            Class.forName("dev.skyhedge.specs." + first, true, fresh);

            assertThat(Class.forName("dev.skyhedge.specs.PlacementSpec", true, fresh)
                            .getField("DEFAULT")
                            .get(null))
                    .isNotNull();
        }
    }
}
