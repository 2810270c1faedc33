package dev.lathe.optimize.check;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.profile.DefaultDims;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import java.util.Map;

/// The seeded inputs of a model that a comparison uses, each made when it is asked for: any number of them takes the
/// memory of one.
public final class SampleInputs {
    private final Model model;
    private final Analysis analysis;
    private final EquivalencePlan plan;

    private SampleInputs(Model model, Analysis analysis, EquivalencePlan plan) {
        this.model = model;
        this.analysis = analysis;
        this.plan = plan;
    }

    public static SampleInputs of(Model model, EquivalencePlan plan, JobContext job) throws LatheException {
        return new SampleInputs(model, Analysis.of(model, DefaultDims.complete(model, plan.dims()), job), plan);
    }

    int count() {
        return plan.samples();
    }

    /// The inputs of a sample, counted from 0, by name.
    public Map<String, HostTensor> at(int sample) throws LatheException {
        return InputGenerator.generate(model, analysis, plan.seed() + sample);
    }
}
