package dev.lathe.app.live;

import dev.lathe.app.project.Attempt;
import dev.lathe.app.project.ModelTitle;
import dev.lathe.app.project.Project;
import dev.lathe.app.project.RunState;
import dev.lathe.app.project.Variant;
import dev.lathe.app.ui.Numbers;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.ProfileRun;
import java.util.Optional;

/// Whose run the Live tab shows: the present or last one, `words` that say which model it is of and how it stands, and
/// from its end what it measured.
///
/// It may be of another variant than the one that the panes show: then the words say so.
public record LiveRun(Attempt attempt, boolean running, String words, Optional<ProfileRun> result) {

    /// Empty when nothing of the open model has run.
    public static Optional<LiveRun> of(Project p) {
        Attempt attempt = p.live().run();
        Optional<Variant> owner = p.variant(p.live().variant());
        if (attempt.equals(Attempt.NONE) || owner.isEmpty()) {
            return Optional.empty();
        }
        boolean running = p.run().is(attempt);
        Optional<ProfileRun> result = running ? Optional.empty() : p.live().result();
        String name = ModelTitle.of(p, owner.get()).name();
        String elsewhere = p.selected().equals(owner.get().id())
                ? ""
                : "; the panes show " + p.shownTitle().name();
        return Optional.of(new LiveRun(attempt, running, words(p, name, result) + elsewhere, result));
    }

    private static String words(Project p, String name, Optional<ProfileRun> result) {
        return switch (p.run()) {
            case RunState.Running r
            when r.attempt().equals(p.live().run()) ->
                name
                        + (r.stopping()
                                ? " is being stopped"
                                : p.live().latest().isEmpty() ? " is starting" : " is running");
            case RunState.Failed f -> brokeOff(name, result);
            case RunState.Running r -> over(name, result);
            case RunState.Idle i -> over(name, result);
        };
    }

    private static String over(String name, Optional<ProfileRun> result) {
        return result.flatMap(ProfileRun::brokenOff).isPresent()
                ? brokeOff(name, result)
                : "Last run: " + name + runs(result).map(n -> ", " + n).orElse("");
    }

    private static String brokeOff(String name, Optional<ProfileRun> result) {
        return "The run of " + name + " broke off"
                + runs(result).map(n -> " after " + n).orElse("");
    }

    private static Optional<String> runs(Optional<ProfileRun> result) {
        return result.map(ProfileRun::latency)
                .map(LatencyStats::runs)
                .map(n -> Numbers.grouped(n) + (n == 1 ? " run" : " runs"));
    }
}
