package dev.skyhedge.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class ManifestProperties {
    private static final Manifest MANIFEST = manifest();

    private static Manifest manifest() {
        try {
            Digest digest = Digest.of(new byte[1024], 1024);
            return Manifest.checked(
                    List.of(new Manifest.ModelFile("a/b", 2048), new Manifest.ModelFile("c", 1024)),
                    1024,
                    List.of(new Manifest.Extent(1, 0, 1024), new Manifest.Extent(0, 0, 2048)),
                    List.of(1, 3),
                    List.of(digest, digest, digest));
        } catch (InvalidInput e) {
            throw new IllegalStateException(e);
        }
    }

    /// Any bytes are a manifest that would be written in just this way, or are refused as what they are.
    @Property(tries = 10_000)
    void tornBytesAreRefusedOrAnotherManifest(
            @ForAll @IntRange(min = 0, max = 400) int position, @ForAll byte value, @ForAll boolean cut) {
        byte[] bytes = MANIFEST.encoded();
        int at = position % bytes.length;
        bytes[at] = value;
        byte[] torn = cut ? Arrays.copyOf(bytes, at) : bytes;
        try {
            assertThat(Manifest.decoded(torn).encoded()).isEqualTo(torn);
        } catch (InvalidInput e) {
            assertThat(e).hasMessageNotContaining("Exception");
        }
    }
}
