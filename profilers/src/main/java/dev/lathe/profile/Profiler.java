package dev.lathe.profile;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;

/// Runs a model in a worker in a loop, measures it and maps what kernels took back to its layers.
public interface Profiler {

    /// Blocks until the planned runs are done. With `plan.runs()` = 0 it goes on until the context is
    /// cancelled, and then returns what was measured (it does not throw for that cancel, if at least one run
    /// ended). `live` is called on an inner thread ≥ 4 times a second.
    ///
    /// The model is run from its source file when it is untouched, else from a temporary export.
    ///
    /// @throws LatheException when the engine refuses the model or the worker dies
    ProfileRun profile(Model model, ProfilePlan plan, RunListener live, JobContext context) throws LatheException;
}
