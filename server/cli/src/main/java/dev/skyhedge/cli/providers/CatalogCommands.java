package dev.skyhedge.cli.providers;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.CommandFailure;
import dev.skyhedge.cli.command.CommandGroup;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.command.SpecArguments;
import dev.skyhedge.cli.command.StateArguments;
import dev.skyhedge.cli.terminal.ExitCode;
import dev.skyhedge.cli.view.providers.CatalogView;
import dev.skyhedge.specs.Spec;
import dev.skyhedge.specs.diagnostics.Suggestions;
import dev.skyhedge.spi.Failure;
import dev.skyhedge.spi.Outcome;
import dev.skyhedge.spi.PriceCatalog;
import dev.skyhedge.spi.Provider;
import dev.skyhedge.spi.ProviderFactory;
import dev.skyhedge.spi.ProviderSettings;
import dev.skyhedge.watch.planning.OpenProviders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `skyhedge catalog` and its subcommands.
public final class CatalogCommands extends CommandGroup {
    public CatalogCommands(Context context) {
        super(context);
        command("show", ShowPrices::new);
        command("update", UpdatePrices::new);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Shows the list prices that plans start from, and renews them.");
    }

    /// What both subcommands ask about.
    private abstract static class OfProviders extends Command {
        StateArguments state = new StateArguments();
        Optional<String> provider = Optional.empty();
        Optional<Path> specPath = Optional.empty();

        OfProviders(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            state.declare(declared);
            declared.argument(0, "PROVIDER", OptionValues.text())
                    .optional()
                    .help("Such as aws; every installed one that has a list, if left out.")
                    .into(value -> provider = Optional.of(value));
            declared.option("--spec", "SPEC", OptionValues.path())
                    .help("Takes the provider's settings from this spec; without it the defaults count.")
                    .into(value -> specPath = Optional.of(value));
        }

        List<ProviderFactory> factories() {
            List<String> names =
                    provider.map(List::of).orElseGet(() -> context().plugins().names());
            List<ProviderFactory> factories = new ArrayList<>();
            for (String name : names) {
                factories.add(context()
                        .plugins()
                        .factory(name)
                        .orElseThrow(() -> new CommandFailure(
                                "Unknown provider \"" + name + "\"",
                                "Installed are: "
                                        + String.join(", ", context().plugins().names()) + "."
                                        + Suggestions.sentence(
                                                name, context().plugins().names()))));
            }
            return factories;
        }

        ProviderSettings settings(ProviderFactory factory) {
            Spec spec = specPath.map(given -> {
                        var arguments = new SpecArguments();
                        arguments.about(given);
                        state.beside(arguments.directory());
                        return arguments.load(context()).spec().orElseThrow();
                    })
                    .orElseGet(OpenProviders::emptySpec);
            return OpenProviders.settings(context().surroundings(), spec, factory.name(), state.directory(context()));
        }

        /// Whether the failure only says that the provider has no such list, and was not asked for by name.
        boolean isBesideThePoint(Failure failure) {
            return provider.isEmpty() && failure instanceof Failure.UnsupportedHere;
        }

        static CommandFailure refused(String name, Failure failure) {
            return new CommandFailure(
                    "No prices of provider \"" + name + "\"", failure.kind() + ": " + failure.message());
        }
    }

    private static final class ShowPrices extends OfProviders {
        boolean json;

        ShowPrices(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does("Shows the price list in force, and how old it is.");
            declared.flag("--json", "As one JSON object.", on -> json = on);
        }

        @Override
        protected int run() {
            List<PriceCatalog> catalogs = new ArrayList<>();
            for (ProviderFactory factory : factories()) {
                switch (factory.catalog(settings(factory))) {
                    case Outcome.Done<PriceCatalog>(PriceCatalog catalog) -> catalogs.add(catalog);
                    case Outcome.Failed<PriceCatalog>(Failure failure) -> {
                        if (!isBesideThePoint(failure)) {
                            throw refused(factory.name(), failure);
                        }
                    }
                }
            }
            say(
                    json
                            ? CatalogView.json(catalogs)
                            : CatalogView.text(catalogs, context().clock().instant(), display()));
            return ExitCode.OK;
        }
    }

    private static final class UpdatePrices extends OfProviders {
        UpdatePrices(Context context) {
            super(context);
        }

        @Override
        protected void declare(Declaration declared) {
            super.declare(declared);
            declared.does(
                    "Asks each cloud for today's list prices.",
                    "They are kept in the provider's directory, beside the state, and win over those that the plugin ships.");
        }

        @Override
        protected int run() {
            int code = ExitCode.OK;
            for (ProviderFactory factory : factories()) {
                switch (update(factory)) {
                    case Outcome.Done<PriceCatalog>(PriceCatalog catalog) ->
                        say(factory.name() + ": " + catalog.entries().size() + " prices from " + catalog.source()
                                + ", as of " + catalog.pricedAt() + ".");
                    case Outcome.Failed<PriceCatalog>(Failure failure) -> {
                        if (!isBesideThePoint(failure)) {
                            complain(refused(factory.name(), failure).diagnostics());
                            code = ExitCode.FAILED;
                        }
                    }
                }
            }
            return code;
        }

        private Outcome<PriceCatalog> update(ProviderFactory factory) {
            return switch (factory.open(settings(factory))) {
                case Outcome.Failed<Provider>(Failure failure) -> Outcome.failed(failure);
                case Outcome.Done<Provider>(Provider provider) -> {
                    try (provider) {
                        yield provider.updateCatalog();
                    }
                }
            };
        }
    }
}
