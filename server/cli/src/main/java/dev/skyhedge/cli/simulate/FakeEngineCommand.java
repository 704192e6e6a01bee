package dev.skyhedge.cli.simulate;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.HostPortConverter;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.terminal.ExitSignals;
import dev.skyhedge.load.engine.EngineSettings;
import dev.skyhedge.load.engine.FakeEngineServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;

/// `skyhedge fake-engine`.
public final class FakeEngineCommand extends Command {
    InetSocketAddress listen = new InetSocketAddress(0);
    String model = "";
    int context;
    int chunk;
    double speed;
    int slots;
    boolean withoutTokenIds;
    long seed;

    public FakeEngineCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Serves an engine without a model, which answers as vLLM's OpenAI API does.",
                "The same request gets the same text each time. To try out what stands in front of engines.",
                "Serves /v1/completions, /v1/chat/completions, /v1/models and /health until it is stopped.");
        declared.examplesUnder(
                "Example",
                "  skyhedge fake-engine -listen=127.0.0.1:8000 -speed=20 &",
                "  curl -N http://127.0.0.1:8000/v1/completions -H 'Content-Type: application/json' \\",
                "    -d '{\"prompt\":\"hello\",\"max_tokens\":50,\"temperature\":0,\"stream\":true}'");
        declared.option("--listen", "HOST:PORT", HostPortConverter.type())
                .byDefault("127.0.0.1:8000")
                .help("Where it listens; default ${DEFAULT-VALUE}.")
                .into(value -> listen = value);
        declared.option("--model", "NAME", OptionValues.text())
                .byDefault(EngineSettings.MODEL)
                .help("Name that it serves under; default ${DEFAULT-VALUE}.")
                .into(value -> model = value);
        declared.option("--context", "TOKENS", OptionValues.smallNumber())
                .byDefault(Integer.toString(EngineSettings.CONTEXT_TOKENS))
                .help("Prompt and answer together; default ${DEFAULT-VALUE}.")
                .into(value -> context = value);
        declared.option("--speed", "RATE", OptionValues.decimal())
                .byDefault("0")
                .help("Tokens per second of one stream; default as fast as it can.")
                .into(value -> speed = value);
        declared.option("--slots", "N", OptionValues.smallNumber())
                .byDefault("0")
                .help("Streams at a time; others wait. Default any number.")
                .into(value -> slots = value);
        declared.option("--tokens-per-chunk", "N", OptionValues.smallNumber())
                .byDefault("1")
                .help("Tokens in one event of a stream; default ${DEFAULT-VALUE}.")
                .into(value -> chunk = value);
        declared.flag(
                "--without-token-ids",
                "Does not know return_token_ids, as engines other than vLLM.",
                on -> withoutTokenIds = on);
        declared.option("--seed", "N", OptionValues.number())
                .byDefault("0")
                .help("Of requests that are sampled and name none.")
                .into(value -> seed = value);
    }

    @Override
    protected int run() {
        EngineSettings settings = settings();
        try (FakeEngineServer server = FakeEngineServer.start(
                listen.getHostString(), listen.getPort(), settings, context().clock(), FakeEngineServer.Mishap.NONE)) {
            say("Serving " + settings.model() + " at http://" + listen.getHostString() + ":" + server.port());
            var stopped = new CountDownLatch(1);
            ExitSignals.stopQuietly(stopped::countDown);
            stopped.await();
            return ExitCode.OK;
        } catch (IOException taken) {
            throw new CommandFailure(
                    "The address cannot be used",
                    "Cannot listen on " + listen.getHostString() + ":" + listen.getPort() + " (" + taken.getMessage()
                            + "); stop what uses it or choose another port with --listen.");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        }
    }

    private EngineSettings settings() {
        try {
            return new EngineSettings(model, context, chunk, speed, !withoutTokenIds, slots, seed);
        } catch (IllegalArgumentException invalid) {
            throw new CommandFailure("Invalid engine", String.valueOf(invalid.getMessage()));
        }
    }
}
