package dev.lathe.optimize.check;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far the tensors inside two models are apart: where in a variant its error comes from.
///
/// Tensors are matched by name, in the execution order of the first model. Some at a time are made outputs of both, so
/// that memory stays bounded, whatever the models compute; the engine may then fuse less than it does without.
public final class TensorDifferences {
    private TensorDifferences() {}

    /// The tensors that nodes of both main graphs compute, by name, in the execution order of `a`.
    public static List<String> common(Model a, Model b) {
        Set<String> there = new HashSet<>(computed(b.graph()));
        return computed(a.graph()).stream().filter(there::contains).toList();
    }

    private static Set<String> computed(Graph g) {
        Set<String> names = new LinkedHashSet<>();
        g.nodes()
                .forEach(n -> n.outputs().stream()
                        .filter(ValueId::isPresent)
                        .map(g::nameOf)
                        .filter(name -> !name.isEmpty())
                        .forEach(names::add));
        return names;
    }

    /// Those that differ in shape, and those that the engine gives for one model only, are left out.
    ///
    /// @param seed of the inputs, the same for both
    /// @throws LatheException when a model cannot be run so
    public static List<OutputDifference> of(
            Model a, Model b, DimBindings dims, long seed, RunTarget target, ModelRunner runner, JobContext job)
            throws LatheException {
        Analysis first = Analysis.of(a, dims, job);
        Analysis second = Analysis.of(b, dims, job);
        Map<String, HostTensor> inputs = InputGenerator.generate(a, first, seed);
        List<String> names = common(a, b);
        List<OutputDifference> found = new ArrayList<>();
        int done = 0;
        try (Scratch scratch = Scratch.open()) {
            Path fileA = scratch.file("a.onnx");
            Path fileB = scratch.file("b.onnx");
            SessionConfig config = SessionConfig.of(target.threads());
            for (List<String> some : TensorValues.batches(first, names)) {
                job.checkCancelled();
                job.progress((double) done / names.size(), done + " of " + names.size() + " tensors");
                Formats.export(TensorValues.giving(first, some), fileA, job);
                Formats.export(TensorValues.giving(second, some), fileB, job);
                try (Session left = runner.open(fileA, target, config, job);
                        Session right = runner.open(fileB, target, config, job)) {
                    Map<String, HostTensor> here = left.run(inputs);
                    Map<String, HostTensor> there = right.run(inputs);
                    for (String name : some) {
                        HostTensor x = here.get(name);
                        HostTensor y = there.get(name);
                        if (x != null && y != null && x.dims().equals(y.dims())) {
                            OutputMeter meter = new OutputMeter(name);
                            meter.add(x, y);
                            found.add(meter.result());
                        }
                    }
                }
                done += some.size();
            }
        }
        return List.copyOf(found);
    }
}
