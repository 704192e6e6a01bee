package dev.skyhedge.providers.aws.fake;

import java.time.Instant;
import java.util.function.Consumer;

/// One call on its way: where it goes, when, and with what.
record Call(Region region, World world, Market market, Form form, Instant now) {
    /// Called when all parameters were read and before anything is done.
    void begin() {
        boolean dryRun = form.flag("DryRun");
        form.requireAllRead();
        if (dryRun) {
            throw new Ec2Error("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", 412);
        }
    }

    /// An operation of the cloud.
    @FunctionalInterface
    interface Action {
        /// Does it, with the region's monitor held.
        ///
        /// @return what the reply says
        Consumer<Xml> answer(Call call);
    }
}
