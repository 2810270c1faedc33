package dev.lathe.optimize;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.Model;
import java.time.Duration;
import java.util.List;

/// What a recipe did, step by step, so that it can be replayed and looked at.
public record Trace(Model source, List<Done> steps) {
    /// One step; `result` is the same instance as the model before when the pass did not apply.
    public record Done(Recipe.Step step, Model result, Duration took, List<Diagnostic> remarks) {
        public Done {
            remarks = List.copyOf(remarks);
        }
    }

    public Trace {
        steps = List.copyOf(steps);
    }

    public Model result() {
        return steps.isEmpty() ? source : steps.getLast().result();
    }
}
