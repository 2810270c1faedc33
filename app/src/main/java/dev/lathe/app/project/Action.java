package dev.lathe.app.project;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.Placement;
import dev.lathe.optimize.Recipe;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.profile.LiveSample;
import dev.lathe.profile.ProfileRun;
import dev.lathe.profile.ceiling.Ceilings;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.sweep.SweepResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Something that changes the [Project]: an [Act] of the user, or an [Event] that a job reports.
public sealed interface Action {

    /// What the user did. An undoable act makes a step of the history.
    sealed interface Act extends Action {
        default boolean undoable() {
            return false;
        }
    }

    /// What a job found out. Never a step of the history, and kept by undo.
    sealed interface Event extends Action {}

    record OpenModel(Attempt opening, Path file) implements Act {}

    /// Back to the start page; what was open is closed.
    record CloseModel() implements Act {}

    record Select(Selection selection) implements Act {}

    record SetColourBy(ColourBy quantity) implements Act {}

    /// The canvas shows the model's own graph, or the one that the runtime made of it.
    record ShowGraph(GraphSide side) implements Act {}

    record SelectVariant(VariantId variant) implements Act {}

    record ChooseDevice(Device device, int threads) implements Act {}

    /// How the next runs run.
    record SetRunSettings(int threads, SessionConfig.Level level, double profiledPerSecond) implements Act {}

    record SetDims(DimBindings dims) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    /// A new variant below `parent`; `recipe` starts from the source. It becomes the selected one when it is
    /// ready only if the user selects it: what is looked at does not change under the user's eyes.
    record AddVariant(VariantId variant, VariantId parent, String name, Recipe recipe) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    /// The variant is made anew by another recipe, which starts from the source, too. What was measured of it, and how
    /// it was split, was of another model.
    record ChangeRecipe(VariantId variant, Recipe recipe) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    record RenameVariant(VariantId variant, String name) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    /// Takes the variant and all below it out of the tree; the source stays.
    record RemoveVariant(VariantId variant) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    /// The user chose devices or moved a border of the shown variant. `goesOn` when it goes on with the act before it
    /// (a knob is still held): together they are one step of the history, unless another step came between them.
    record SetSplit(SplitState split, boolean goesOn) implements Act {
        @Override
        public boolean undoable() {
            return true;
        }
    }

    record StartRun(Attempt run, VariantId variant) implements Act {}

    record StopRun() implements Act {}

    /// Shows a measurement that was kept as the newest of its variant, at the sizes that it was made at.
    record ShowKept(VariantId variant, ProfileRun run) implements Act {}

    /// Measures a variant at many sizes: a new sweep, or one that goes on.
    record StartSweep(VariantId variant, SweepState sweep) implements Act {}

    /// The memory that the best point of a variant's sweep may take.
    record LimitSweep(VariantId variant, Optional<Long> bytes) implements Act {}

    /// The file was read. `assumed` are the free dimensions whose size in `analysis.dims()` is our
    /// assumption. `placed` is where the stages of a placed model run.
    record ModelOpened(
            Attempt opening,
            Path file,
            Analysis analysis,
            Set<String> assumed,
            long fileBytes,
            Optional<Placement> placed)
            implements Event {
        /// Of a model that is not placed.
        public ModelOpened(Attempt opening, Path file, Analysis analysis, Set<String> assumed, long fileBytes) {
            this(opening, file, analysis, assumed, fileBytes, Optional.empty());
        }
    }

    record OpeningFailed(Attempt opening, Path file, Diagnostic why) implements Event {}

    /// Opening ended without a result; what was open before is shown again.
    record OpeningCancelled(Attempt opening) implements Event {}

    /// A job begins to make the variant. What the jobs before it report does not count any more.
    record MakingBegun(VariantId variant, Attempt making) implements Event {}

    record VariantReady(VariantId variant, Attempt making, VariantState.Ready state) implements Event {}

    record VariantFailed(VariantId variant, Attempt making, Diagnostic why) implements Event {}

    record AnalysisArrived(VariantId variant, Analysis analysis) implements Event {}

    /// Without effect when the variant has another model than `model` by now.
    record OutputsCompared(VariantId variant, Model model, List<OutputDifference> differences) implements Event {}

    /// Of a run that goes on: without effect when another one goes on by now, or none.
    record SampleArrived(Attempt run, LiveSample sample) implements Event {}

    /// The operators that a program runs, as a run of it told: `analysis` is of the program with them as its layers.
    record OperatorsFound(VariantId variant, Model program, Analysis analysis) implements Event {}

    /// The variant `by` was written over the opened file; the model that was opened lies in `copy` now. Without effect
    /// when another one than `original` is open by now.
    record SourceReplaced(VariantId by, Model original, Path copy) implements Event {}

    /// What a run of `model` found. Without effect when the variant has another model by now, because another file was
    /// opened before the run's end was known; a run that broke off never takes the place of one that did not.
    record MeasurementArrived(Attempt run, VariantId variant, Model model, ProfileRun result) implements Event {}

    /// What was measured of `model` when it was open before, oldest first, and its newest sweep. A sweep takes the
    /// place of none that there is by now.
    record KeptArrived(VariantId variant, Model model, List<ProfileRun> runs, Optional<SweepState> sweep)
            implements Event {
        public KeptArrived {
            runs = List.copyOf(runs);
        }
    }

    /// What was measured of the opened model before and cannot be read; it is shown where such runs are chosen.
    record KeptDamaged(Model model, List<Diagnostic> troubles) implements Event {
        public KeptDamaged {
            troubles = List.copyOf(troubles);
        }
    }

    /// A point of a sweep was measured, or the model did not run there.
    record SweepPointArrived(VariantId variant, Attempt sweep, SweepResult result) implements Event {}

    /// A sweep is over, or stands still; without effect when that was said before.
    record SweepEnded(VariantId variant, Attempt sweep, SweepState.Phase phase) implements Event {}

    /// What a device gives at most, or that this was never measured.
    record CeilingsArrived(RunTarget target, Optional<Ceilings> ceilings) implements Event {}

    /// The run is over; `why` when it ended with a problem.
    record RunEnded(Attempt run, Optional<Diagnostic> why) implements Event {}
}
