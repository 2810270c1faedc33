package dev.lathe.app.project;

import dev.lathe.graph.Model;
import dev.lathe.profile.ProfilePlan;
import dev.lathe.profile.sweep.Sweep;
import dev.lathe.profile.sweep.SweepAxes;
import dev.lathe.profile.sweep.SweepPoint;
import dev.lathe.profile.sweep.SweepResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A variant measured at many sizes: what is varied, and what was found so far, in the order in which it was found.
///
/// @param model what the figures are of: a variant that is made anew has no sweep any more
/// @param plan what holds for every point
/// @param points all that are to be measured
/// @param limit of memory in bytes, within which the best point is looked for
public record SweepState(
        Attempt attempt,
        Model model,
        SweepAxes axes,
        ProfilePlan plan,
        List<SweepPoint> points,
        List<SweepResult> results,
        Optional<Long> limit,
        Phase phase) {

    /// `PAUSED` can go on, `ENDED` has nothing left to measure, or was cancelled.
    public enum Phase {
        RUNNING,
        PAUSED,
        ENDED
    }

    public SweepState {
        points = List.copyOf(points);
        results = List.copyOf(results);
    }

    public boolean running() {
        return phase == Phase.RUNNING;
    }

    public Optional<SweepResult> at(SweepPoint point) {
        return results.stream().filter(r -> r.point().equals(point)).findFirst();
    }

    /// The point that gets most done in a second within the limit.
    public Optional<SweepResult.Measured> best() {
        return Sweep.best(results, axes, limit.orElse(Long.MAX_VALUE));
    }

    SweepState with(SweepResult result) {
        List<SweepResult> next = new ArrayList<>(results);
        next.removeIf(r -> r.point().equals(result.point()));
        next.add(result);
        return new SweepState(attempt, model, axes, plan, points, next, limit, phase);
    }

    SweepState in(Phase next) {
        return new SweepState(attempt, model, axes, plan, points, results, limit, next);
    }

    /// What goes on with another attempt: points that failed are tried again.
    SweepState resumed(Attempt next) {
        List<SweepResult> measured =
                results.stream().filter(SweepResult.Measured.class::isInstance).toList();
        return new SweepState(next, model, axes, plan, points, measured, limit, Phase.RUNNING);
    }

    SweepState within(Optional<Long> next) {
        return new SweepState(attempt, model, axes, plan, points, results, next, phase);
    }
}
