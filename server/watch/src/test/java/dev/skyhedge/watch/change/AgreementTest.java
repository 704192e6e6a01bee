package dev.skyhedge.watch.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.engine.declared.SpecJson;
import dev.skyhedge.specs.loading.LoadedSpec;
import dev.skyhedge.specs.loading.SpecLoader;
import dev.skyhedge.specs.loading.SpecRequest;
import dev.skyhedge.state.records.Order;
import dev.skyhedge.state.records.PlacedOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgreementTest {
    @TempDir
    private Path directory;

    private final CompletableFuture<Boolean> typed = new CompletableFuture<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Agreement agreement = new Agreement(new Approver() {
        @Override
        public String summary(Preview preview) {
            return "";
        }

        @Override
        public void ask() {
            asked.countDown();
        }

        @Override
        public boolean saysYes() {
            return typed.join();
        }
    });
    private LoadedSpec spec;

    @BeforeEach
    void open() throws IOException {
        spec = SpecLoader.load(SpecRequest.of(
                Files.writeString(directory.resolve("chat.hcl"), "output \"model\" { value = \"mini\" }\n")));
    }

    private CompletableFuture<Boolean> question() throws InterruptedException {
        CompletableFuture<Boolean> answer = CompletableFuture.supplyAsync(() -> agreement.to(spec));
        asked.await();
        return answer;
    }

    private PlacedOrder order(long number, String services) {
        var apply = new Order.ApplySpec(spec.digest(), services, "chat.hcl", List.of());
        return new PlacedOrder(number, apply, "ann", Instant.EPOCH, Optional.empty());
    }

    @Test
    void anOrderAboutWhatIsAskedIsTheYes() throws InterruptedException {
        CompletableFuture<Boolean> answer = question();

        PlacedOrder same = order(1, SpecJson.digest(spec.spec().orElseThrow()));
        agreement.ordered(same);

        assertThat(agreement.asksSomethingElse(same)).isFalse();
        assertThat(answer.join()).isTrue();
    }

    @Test
    void anOrderOfTheSameFilesWithOtherValuesIsNone() throws InterruptedException {
        CompletableFuture<Boolean> answer = question();

        PlacedOrder other = order(1, "of other values");
        agreement.ordered(other);

        assertThat(agreement.asksSomethingElse(other)).isTrue();
        typed.complete(false);
        assertThat(answer.join()).isFalse();
    }

    @Test
    void nothingElseIsAskedWhereNothingIs() {
        assertThat(agreement.asksSomethingElse(order(1, ""))).isFalse();
    }
}
