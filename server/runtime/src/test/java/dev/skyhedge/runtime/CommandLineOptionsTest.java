package dev.skyhedge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CommandLineOptionsTest {

    @Test
    void takesThePortFromTheEnvironmentUnlessItIsGiven() {
        assertThat(serve(Map.of("PORT", "9001")).port()).isEqualTo(9001);
        assertThat(serve(Map.of("PORT", "9001"), "--port", "9002").port()).isEqualTo(9002);
        assertThat(serve(Map.of()).port()).isEqualTo(8000);
    }

    @Test
    void listensOnLoopbackWithOneThreadUnlessToldOtherwise() {
        ServerOptions options = serve(Map.of());

        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.threads()).isEqualTo(1);
        assertThat(options.cache()).isEqualTo(Path.of("/home/me/.cache/skyhedge/runtime"));
    }

    @Test
    void readsDurations() {
        assertThat(serve(Map.of(), "--start-delay", "1500ms").startDelay()).isEqualTo(Duration.ofMillis(1500));
        assertThat(serve(Map.of(), "--grace=1m").grace()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void saysWhatIsWrongAndEndsWith2() {
        wrong("must be 0 to 65535", "--port", "70000");
        wrong("--port", "--port", "$PORT");
        wrong("no duration", "--grace", "soon");
        wrong("--prot", "--prot", "1");
        wrong("--workers must be", "--workers", "0");
    }

    @Test
    void printsHelp() {
        assertThat(parse(Map.of(), "--help")).isInstanceOfSatisfying(CommandLineOptions.Request.Print.class, print -> {
            assertThat(print.exitCode()).isZero();
            assertThat(print.text()).contains("--start-delay");
        });
    }

    private static void wrong(String message, String... arguments) {
        assertThat(parse(Map.of(), arguments)).isInstanceOfSatisfying(CommandLineOptions.Request.Print.class, print -> {
            assertThat(print.exitCode()).isEqualTo(2);
            assertThat(print.text()).contains(message);
        });
    }

    private static ServerOptions serve(Map<String, String> environment, String... arguments) {
        return ((CommandLineOptions.Request.Serve) parse(environment, arguments)).options();
    }

    private static CommandLineOptions.Request parse(Map<String, String> environment, String... arguments) {
        return new CommandLineOptions(environment, "/home/me").parse(arguments);
    }
}
