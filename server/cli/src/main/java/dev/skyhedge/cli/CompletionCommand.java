package dev.skyhedge.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `skyhedge completion`.
@CommandLine.Command(
        name = "completion",
        description = "Prints a script that completes commands and options in a shell.",
        footer = {
            "  source <(skyhedge completion bash)                              in this shell",
            "  skyhedge completion bash >~/.local/share/bash-completion/completions/skyhedge",
            "  skyhedge completion zsh >>~/.zshrc"
        })
final class CompletionCommand extends Command {
    /// The shells that there is a script for.
    enum Shell {
        BASH,
        ZSH
    }

    @Parameters(index = "0", paramLabel = "bash|zsh", description = "Which shell.")
    Shell shell = Shell.BASH;

    CompletionCommand(Context context) {
        super(context);
    }

    @Override
    int run() {
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
