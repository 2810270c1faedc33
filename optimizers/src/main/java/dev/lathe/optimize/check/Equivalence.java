package dev.lathe.optimize.check;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Whether two models compute the same: both get the same seeded inputs, made for the first, and their outputs
/// are compared by name.
public final class Equivalence {
    private Equivalence() {}

    /// @return one entry per output, in the first model's order
    /// @throws LatheException when a file cannot be opened or run, or when the inputs or outputs of the two do
    ///     not have the same names
    public static List<OutputDifference> compare(
            Path a, Path b, EquivalencePlan plan, RunTarget target, ModelRunner runner, JobContext job)
            throws LatheException {
        job.progress(0, "opening both models");
        SampleInputs samples = SampleInputs.of(Formats.open(a, job), plan, job);
        SessionConfig config = SessionConfig.of(target.threads());
        try (Session first = runner.open(a, target, config, job);
                Session second = runner.open(b, target, config, job)) {
            sameNames("inputs", a, first.inputs(), b, second.inputs());
            sameNames("outputs", a, first.outputs(), b, second.outputs());
            return compare(first, second, samples, job.part(0.1, 1));
        }
    }

    /// Compares models that are in memory, by way of temporary files.
    public static List<OutputDifference> models(
            Model a, Model b, EquivalencePlan plan, RunTarget target, ModelRunner runner, JobContext job)
            throws LatheException {
        try (Scratch scratch = Scratch.open()) {
            Path first = scratch.file("a.onnx");
            Path second = scratch.file("b.onnx");
            Formats.export(a, first, job.part(0, 0.1));
            Formats.export(b, second, job.part(0.1, 0.2));
            return compare(first, second, plan, target, runner, job.part(0.2, 1));
        }
    }

    private static List<OutputDifference> compare(Session a, Session b, SampleInputs samples, JobContext job)
            throws LatheException {
        Map<String, OutputMeter> meters = new LinkedHashMap<>();
        a.outputs().forEach(o -> meters.put(o.name(), new OutputMeter(o.name())));
        for (int i = 0; i < samples.count(); i++) {
            job.checkCancelled();
            job.progress((double) i / samples.count(), "comparing · sample " + (i + 1) + " of " + samples.count());
            Map<String, HostTensor> sample = samples.at(i);
            Map<String, HostTensor> left = a.run(sample);
            job.checkCancelled();
            Map<String, HostTensor> right = b.run(fitting(sample, b.inputs()));
            for (Map.Entry<String, OutputMeter> m : meters.entrySet()) {
                HostTensor x = left.get(m.getKey());
                HostTensor y = right.get(m.getKey());
                if (x != null && y != null) {
                    m.getValue().add(x, y);
                } else if ((x == null) != (y == null)) {
                    throw new LatheException(Diagnostic.error(
                            "outputs-differ-in-kind",
                            "one model gives a tensor, the other does not.",
                            new Place.AtValue(m.getKey())));
                }
            }
        }
        return meters.values().stream().map(OutputMeter::result).toList();
    }

    /// The same numbers in half precision where the second model wants that.
    private static Map<String, HostTensor> fitting(Map<String, HostTensor> sample, List<TensorSpec> specs) {
        Map<String, HostTensor> fitting = new LinkedHashMap<>(sample);
        for (TensorSpec s : specs) {
            HostTensor t = sample.get(s.name());
            if (t != null
                    && t.dtype() == DType.FLOAT32
                    && s.type().dtype().filter(d -> d == DType.FLOAT16).isPresent()) {
                fitting.put(s.name(), HostTensor.of(DType.FLOAT16, t.dims(), Elements.halves(t.bytes())));
            }
        }
        return fitting;
    }

    private static void sameNames(String what, Path a, List<TensorSpec> left, Path b, List<TensorSpec> right)
            throws LatheException {
        Set<String> missing = names(left);
        missing.removeAll(names(right));
        Set<String> extra = names(right);
        extra.removeAll(names(left));
        List<String> wrong = new ArrayList<>();
        if (!missing.isEmpty()) {
            wrong.add(a.getFileName() + " also has " + String.join(", ", missing));
        }
        if (!extra.isEmpty()) {
            wrong.add(b.getFileName() + " also has " + String.join(", ", extra));
        }
        if (!wrong.isEmpty()) {
            throw new LatheException(Diagnostic.error(
                            "not-comparable",
                            "the two models have different " + what + ": " + String.join("; ", wrong) + ".",
                            Place.file(b))
                    .withRemedy("Compare a model with a variant of itself."));
        }
    }

    private static Set<String> names(List<TensorSpec> specs) {
        Set<String> names = new LinkedHashSet<>();
        specs.forEach(s -> names.add(s.name()));
        return names;
    }
}
