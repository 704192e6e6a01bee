package dev.skyhedge.cli.watch;

import dev.skyhedge.cli.terminal.Terminal;
import dev.skyhedge.cli.view.plan.PlanText;
import dev.skyhedge.cli.view.plan.PlanView;
import dev.skyhedge.engine.control.Preview;
import dev.skyhedge.watch.change.Approver;

/// Whoever types at a terminal may agree to a change there.
final class TypedApproval implements Approver {
    private static final String QUESTION = "Apply this? Only 'yes' will be accepted: ";

    private final Terminal terminal;

    TypedApproval(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public String summary(Preview preview) {
        return PlanText.summary(PlanView.of(preview));
    }

    @Override
    public void ask() {
        terminal.print(QUESTION);
    }

    @Override
    public boolean saysYes() {
        return terminal.ask("").filter(typed -> typed.strip().equals("yes")).isPresent();
    }
}
