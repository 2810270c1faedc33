package dev.lathe.optimize.compress.fp16;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.optimize.PassContext;
import dev.lathe.optimize.check.EquivalencePlan;
import dev.lathe.optimize.check.SampleInputs;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.optimize.rewrite.Scratch;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Whether activations stay within half precision: weights can be looked at, activations are known only when
/// the model runs. So the halved model runs once, on made-up inputs, and its outputs are looked at.
final class RangeCheck {
    /// Above this writing the model a second time, only to look at it, costs more than the answer is worth.
    private static final long LARGEST_BYTES = 1L << 30;

    private static final EquivalencePlan ONCE = new EquivalencePlan(1, 1, EquivalencePlan.USUAL.dims());

    private final PassContext context;

    RangeCheck(PassContext context) {
        this.context = context;
    }

    /// Remarks on outputs of `halved` that have numbers which are not finite, although those of `before` are.
    void remark(Model before, Model halved) {
        JobContext job = context.job();
        long[] bytes = {0};
        halved.graph().forEachGraph(g -> bytes[0] += g.parameterBytes());
        if (bytes[0] > LARGEST_BYTES) {
            unchecked("the model is large: compare it with the one it was made from");
            return;
        }
        job.progress(1, "halving · running it once");
        try {
            Map<String, Long> broken = nonFinite(halved, job);
            if (!broken.isEmpty()) {
                Map<String, Long> original = nonFinite(before, job);
                broken.forEach((name, count) -> {
                    if (count > original.getOrDefault(name, 0L)) {
                        context.remarks().accept(overflow(name, count));
                    }
                });
            }
        } catch (LatheException e) {
            unchecked("it could not be run here: " + e.diagnostic().message());
        }
    }

    private static Diagnostic overflow(String output, long count) {
        return Diagnostic.warning(
                        "beyond-half-precision",
                        count + " of its numbers are not finite on made-up inputs: activations on the way to it are"
                                + " beyond 65504",
                        new Place.AtValue(output))
                .withRemedy("Keep the layers before it in 32 bits with exclude, or do not use fp16 on this model.");
    }

    private void unchecked(String why) {
        context.remarks()
                .accept(Diagnostic.info(
                        "range-not-checked",
                        "whether activations stay within ±65504 was not checked; " + why,
                        new Place.InPass(Fp16.NAME)));
    }

    /// Outputs with numbers that are not finite, and how many there are.
    private Map<String, Long> nonFinite(Model model, JobContext job) throws LatheException {
        Map<String, Long> found = new TreeMap<>();
        try (Scratch scratch = Scratch.open()) {
            Path file = scratch.file("range.onnx");
            Formats.export(model, file, job);
            Map<String, HostTensor> inputs = SampleInputs.of(model, ONCE, job).at(0);
            try (Session session = context.runner().open(file, Scratch.PLAIN_CPU, SessionConfig.of(1), job)) {
                job.checkCancelled();
                session.run(inputs).forEach((name, tensor) -> {
                    long count = Elements.nonFinite(tensor.dtype(), tensor.bytes(), tensor.elements());
                    if (count > 0) {
                        found.put(name, count);
                    }
                });
            }
        }
        return found;
    }
}
