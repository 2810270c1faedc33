package dev.lathe.optimize.check;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.profile.InputGenerator;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// What a TorchScript program is given and what it gives, on seeded inputs: the only tensors of a program that can be
/// had, and known by name only after a run.
public final class ProgramValues {
    private ProgramValues() {}

    /// @param wanted names and globs: `input0`, `output*`
    /// @throws LatheException when one means none, and when the program cannot be run so
    public static void of(
            Model program,
            List<String> wanted,
            DimBindings dims,
            long seed,
            RunTarget target,
            ModelRunner runner,
            TensorValues.Taker taker,
            JobContext job)
            throws LatheException {
        Path file = program.source()
                .orElseThrow(() -> new LatheException(
                        Diagnostic.error("no-file", "the program has no file to run from.", Place.nowhere())));
        job.progress(-1, "running for " + wanted.getFirst() + (wanted.size() == 1 ? "" : " …"));
        Map<String, HostTensor> inputs = InputGenerator.generate(program, Analysis.of(program, dims, job), seed);
        try (Session session = runner.open(file, target, SessionConfig.of(target.threads()), job)) {
            Map<String, HostTensor> all = new LinkedHashMap<>(inputs);
            all.putAll(session.run(inputs));
            String remedy = "It has " + String.join(", ", all.keySet()) + ".";
            for (String name : TensorValues.matching(wanted, all.keySet(), "the program takes and gives", remedy)) {
                taker.take(name, Objects.requireNonNull(all.get(name)));
            }
        }
    }
}
