package dev.lathe.app.compare;

import dev.lathe.app.project.VariantId;
import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.ProfileRun;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// A kept measurement of a variant that can be put on a side. Two are the same when they are the same measurement,
/// whatever the variant is called.
public record RunChoice(VariantId variant, String name, ProfileRun run) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());

    boolean is(RunChoice other) {
        return other.variant.equals(variant)
                && other.run.when().equals(run.when())
                && other.run.latency().equals(run.latency());
    }

    /// When, what, and what came out: `14:02:07 · original · 19.3 ms`.
    public String title() {
        return TIME.format(run.when()) + " · " + name + " · "
                + Numbers.time(run.latency().p50()) + (run.brokenOff().isPresent() ? " · broken off" : "");
    }
}
