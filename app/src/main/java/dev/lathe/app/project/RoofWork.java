package dev.lathe.app.project;

import dev.lathe.core.FileReason;
import dev.lathe.core.Job;
import dev.lathe.core.Lane;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.RunTarget;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Finds what the device of the shown variant gives at most, where it was measured before, and measures it when asked.
final class RoofWork {
    private final Workbench workbench;
    private final Set<RunTarget> looked = new HashSet<>();

    RoofWork(Workbench workbench) {
        this.workbench = workbench;
    }

    /// Looks for what is kept, once for each target.
    void keepUp(Project p) {
        p.shownTarget().filter(looked::add).ifPresent(target -> {
            Job<Optional<Ceilings>> unused = workbench.submit(
                    Lane.UPKEEP,
                    "Look for the ceilings of " + target.device().id(),
                    c -> workbench.services().roofs().find(target),
                    found -> tell(target, found));
        });
    }

    /// The job ends with what was measured; it is kept and shown by then.
    Optional<Job<Ceilings>> measure() {
        return workbench
                .store()
                .state()
                .shownTarget()
                .map(target -> workbench.submit(
                        Lane.DEVICE,
                        "Measure what " + target.device().name() + " gives at most",
                        c -> workbench.services().roofs().measure(target, c),
                        measured -> arrived(target, measured)));
    }

    private void arrived(RunTarget target, Ceilings measured) {
        tell(target, Optional.of(measured));
        try {
            workbench.services().roofs().keep(measured);
        } catch (IOException e) {
            workbench.tell(new Notice(
                    Notice.Kind.ERROR,
                    "The ceilings of " + target.device().id() + " could not be kept",
                    "They are known until Lathe ends (" + FileReason.of(e) + ").",
                    List.of()));
        }
    }

    private void tell(RunTarget target, Optional<Ceilings> ceilings) {
        workbench.store().dispatch(new Action.CeilingsArrived(target, ceilings));
    }
}
