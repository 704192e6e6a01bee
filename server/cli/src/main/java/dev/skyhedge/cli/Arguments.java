package dev.skyhedge.cli;

import java.util.ArrayList;
import java.util.List;

/// Long options work with one dash, as Terraform's users type them, and with two.
final class Arguments {
    private Arguments() {}

    /// `help COMMAND` asks for the same as `COMMAND --help`.
    static String[] asCommand(String[] arguments) {
        if (arguments.length == 0 || !arguments[0].equals("help")) {
            return arguments;
        }
        List<String> result = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        result.add("--help");
        return result.toArray(String[]::new);
    }

    /// The same arguments with two dashes everywhere. What follows a lone `--` is left as it is.
    static String[] withTwoDashes(String[] arguments) {
        List<String> result = new ArrayList<>();
        boolean options = true;
        for (String argument : arguments) {
            options &= !argument.equals("--");
            result.add(options && isLongWithOneDash(argument) ? "-" + argument : argument);
        }
        return result.toArray(String[]::new);
    }

    private static boolean isLongWithOneDash(String argument) {
        return argument.length() > 2
                && argument.charAt(0) == '-'
                && Character.isLetter(argument.charAt(1))
                && Character.isLetter(argument.charAt(2));
    }
}
