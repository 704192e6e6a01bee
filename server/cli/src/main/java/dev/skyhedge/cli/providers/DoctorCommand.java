package dev.skyhedge.cli.providers;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.providers.DoctorReport;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.spi.AccountQuota;
import dev.skyhedge.spi.CloudAccount;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Finding;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.spi.SettingProblem;
import dev.skyhedge.watch.planning.OpenProviders;
import dev.skyhedge.watch.planning.Reach;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// `skyhedge doctor`.
public final class DoctorCommand extends Command {
    private static final int MAX_NAMED = 8;

    private static final Logger LOG = LoggerFactory.getLogger(DoctorCommand.class);
    private static final long PATIENCE_SECONDS = 60;

    Optional<Path> path = Optional.empty();
    StateArguments state = new StateArguments();
    boolean json;

    public DoctorCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does(
                "Looks at what each provider needs: credentials, permissions, quotas, the clock, the endpoint.",
                "Rents nothing. With a spec also whether its replicas could be reached on their ports. Says what to do"
                        + " about each problem; exit code 1 if there is one.");
        declared.examples(
                "  skyhedge doctor chat.hcl    the providers that the spec names, with its settings",
                "  skyhedge doctor             every installed provider");
        declared.argument(0, "SPEC", OptionValues.path())
                .optional()
                .help("A .hcl file or a directory of them; every installed provider if left out.")
                .into(value -> path = Optional.of(value));
        state.declare(declared);
        declared.flag("--json", "As one JSON object.", on -> json = on);
    }

    @Override
    protected int run() {
        Optional<Spec> spec = path.map(given -> {
            var arguments = new SpecArguments();
            arguments.about(given);
            state.beside(arguments.directory());
            return arguments.load(context()).spec().orElseThrow();
        });
        List<String> names = spec.map(one -> List.copyOf(OpenProviders.names(one)))
                .orElseGet(() -> context().plugins().names());
        var report = new DoctorReport(look(names, spec));
        say(json ? report.json() : report.text(display()));
        return report.isGood() ? ExitCode.OK : ExitCode.FAILED;
    }

    /// Side by side: each may have to wait for its cloud.
    private Map<String, List<Finding>> look(List<String> names, Optional<Spec> spec) {
        Map<String, List<Finding>> findings = new TreeMap<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            Map<String, Future<List<Finding>>> looks = new TreeMap<>();
            names.forEach(name -> looks.put(name, threads.submit(() -> look(name, spec))));
            looks.forEach((name, look) -> findings.put(name, answer(name, look)));
        } finally {
            threads.shutdownNow();
        }
        return findings;
    }

    private static List<Finding> answer(String name, Future<List<Finding>> look) {
        try {
            return look.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return List.of(new Finding.Bad(
                    "answer",
                    "none within " + PATIENCE_SECONDS + " s",
                    "Look at the network and at the endpoint of provider \"" + name + "\"."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of(new Finding.Bad("answer", "interrupted", "Run it again."));
        } catch (ExecutionException e) {
            LOG.error("Provider {} failed in a way that it should not", name, e.getCause());
            return List.of(new Finding.Bad("plugin", String.valueOf(e.getCause()), "Report this as a bug."));
        }
    }

    private List<Finding> look(String name, Optional<Spec> spec) {
        Optional<ProviderFactory> factory = context().plugins().factory(name);
        if (factory.isEmpty()) {
            return List.of(new Finding.Bad(
                    "plugin",
                    "not installed",
                    "Put it into " + context().home().resolve("plugins").resolve(name) + "."));
        }
        ProviderSettings settings = OpenProviders.settings(
                context().surroundings(), spec.orElseGet(OpenProviders::emptySpec), name, state.directory(context()));
        List<SettingProblem> problems = factory.get().check(settings);
        if (!problems.isEmpty()) {
            return problems.stream()
                    .<Finding>map(problem ->
                            new Finding.Bad("setting " + problem.setting(), problem.summary(), problem.remedy()))
                    .toList();
        }
        return switch (factory.get().open(settings)) {
            case Outcome.Failed<Provider>(Failure failure) ->
                List.of(bad("opening", failure, "Mend that first; nothing else can be looked at without it."));
            case Outcome.Done<Provider>(Provider provider) -> {
                try (provider) {
                    yield look(name, provider, spec);
                }
            }
        };
    }

    private static List<Finding> look(String name, Provider provider, Optional<Spec> spec) {
        List<Finding> own = provider.diagnose();
        List<Finding> findings = new ArrayList<>(account(provider, own));
        findings.addAll(own);
        spec.map(declared -> Reach.of(declared, name).ask(provider)).ifPresent(findings::addAll);
        switch (provider.quotas()) {
            case Outcome.Done<List<AccountQuota>>(List<AccountQuota> quotas) -> findings.addAll(quotas(quotas));
            case Outcome.Failed<List<AccountQuota>>(Failure failure) ->
                findings.add(new Finding.Notable(
                        "quotas",
                        failure.kind() + ": " + failure.message(),
                        "Plans are made without them; the cloud refuses what exceeds them."));
        }
        return findings.isEmpty() ? List.of(new Finding.Good("provider", "opens; needs nothing else")) : findings;
    }

    /// @param own what the provider says itself, which is not said twice
    private static List<Finding> account(Provider provider, List<Finding> own) {
        return switch (provider.account()) {
            case Outcome.Done<CloudAccount>(CloudAccount account) ->
                account.equals(CloudAccount.NONE)
                        ? List.of()
                        : List.of(new Finding.Good("account", account.toString()));
            case Outcome.Failed<CloudAccount>(Failure failure) ->
                own.stream().anyMatch(finding -> finding.detail().equals(failure.message()))
                        ? List.of()
                        : List.of(bad("account", failure, "Look at the credentials."));
        };
    }

    /// One by one where the account may have something; of what it may have none of, a cloud may name hundreds.
    private static List<Finding> quotas(List<AccountQuota> quotas) {
        List<Finding> findings = new ArrayList<>();
        quotas.stream()
                .filter(quota -> quota.limit() > 0)
                .map(DoctorCommand::finding)
                .forEach(findings::add);
        List<String> none = quotas.stream()
                .filter(quota -> quota.limit() == 0)
                .map(AccountQuota::name)
                .toList();
        if (!none.isEmpty()) {
            int more = none.size() - MAX_NAMED;
            findings.add(new Finding.Notable(
                    "quotas of 0",
                    none.stream().limit(MAX_NAMED).collect(Collectors.joining(", "))
                            + (more > 0 ? " and " + more + " more" : ""),
                    "Nothing is launched that counts against them: ask the cloud for more where services need it."));
        }
        return findings;
    }

    private static Finding finding(AccountQuota quota) {
        String subject = "quota " + quota.name();
        String detail =
                quota.used() + " of " + quota.limit() + " " + quota.unit().word() + " in " + quota.scope();
        return quota.remaining() > 0
                ? new Finding.Good(subject, detail)
                : new Finding.Notable(subject, detail, "Ask the cloud for more, or let services use other locations.");
    }

    private static Finding bad(String subject, Failure failure, String remedy) {
        return new Finding.Bad(subject, failure.kind() + ": " + failure.message(), remedy);
    }
}
