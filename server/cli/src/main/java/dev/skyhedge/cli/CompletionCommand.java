package dev.skyhedge.cli;

import dev.skyhedge.cli.arguments.Declaration;
import dev.skyhedge.cli.arguments.OptionValues;
import dev.skyhedge.cli.command.Command;
import dev.skyhedge.cli.command.Context;
import dev.skyhedge.cli.terminal.ExitCode;
import picocli.AutoComplete;

/// `skyhedge completion`.
final class CompletionCommand extends Command {
    /// The shells that there is a script for.
    enum Shell {
        BASH,
        ZSH
    }

    Shell shell = Shell.BASH;

    CompletionCommand(Context context) {
        super(context);
    }

    @Override
    protected void declare(Declaration declared) {
        declared.does("Prints a script that completes commands and options in a shell.");
        declared.examples(
                "  source <(skyhedge completion bash)                              in this shell",
                "  skyhedge completion bash >~/.local/share/bash-completion/completions/skyhedge",
                "  skyhedge completion zsh >>~/.zshrc");
        declared.argument(0, "bash|zsh", OptionValues.oneOf(Shell.class))
                .help("Which shell.")
                .into(value -> shell = value);
    }

    @Override
    protected int run() {
        String script = AutoComplete.bash("skyhedge", SkyhedgeCommand.commandLine(context()));
        say(
                switch (shell) {
                    case BASH -> script;
                    // The script is made for bash; zsh has a module that understands it.
                    case ZSH ->
                        "autoload -Uz compinit && compinit\nautoload -Uz bashcompinit && bashcompinit\n" + script;
                });
        return ExitCode.OK;
    }
}
