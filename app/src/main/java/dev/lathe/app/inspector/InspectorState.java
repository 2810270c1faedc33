package dev.lathe.app.inspector;

import dev.lathe.core.Diagnostic;
import dev.lathe.graph.DType;
import dev.lathe.graph.Tensor;
import dev.lathe.profile.EnergyUse;
import dev.lathe.profile.LatencyStats;
import dev.lathe.profile.OpStats;
import dev.lathe.profile.Transfer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What the inspector shows, as data.
sealed interface InspectorState {

    /// There is no model.
    record Empty() implements InspectorState {}

    /// Time of what is shown: `share` in 0…1 of the run, `heat` in 0…1 of the costliest node.
    record Time(Duration time, double share, double heat) {}

    /// A tensor at a layer's edge. `role` is what the operator calls it or its number; `bytes` empty when a dimension
    /// is open.
    record TensorRow(String role, String name, String dims, Optional<DType> dtype, OptionalLong bytes) {}

    /// A name and a value in words; `hint` may be empty.
    record Fact(String name, String value, String hint) {}

    /// Work by definition: FLOP, bytes moved, and their ratio in FLOP/B; empty where unknown.
    record Work(OptionalLong flops, OptionalLong bytes, OptionalDouble intensity) {}

    /// What was measured of one layer, and where that puts it in a roofline: `rate` in FLOP/s, `dataRate` in B/s (of
    /// the bytes that it must move, so at least), `intensity` in FLOP/B.
    record Measured(OpStats stats, OptionalDouble rate, OptionalDouble dataRate, OptionalDouble intensity) {}

    /// A constant tensor of the layer, whose histogram may still be under way.
    record WeightTensor(String name, Tensor tensor, Optional<WeightHistogram> histogram, String remark) {}

    /// `copies` are those between devices of tensors that the layer makes or takes.
    record LayerState(
            String title,
            String path,
            String op,
            int position,
            Optional<Time> time,
            String together,
            List<TensorRow> tensors,
            Work work,
            List<Fact> attributes,
            Optional<WeightTensor> weights,
            int otherWeights,
            Optional<Measured> measured,
            List<Transfer> copies)
            implements InspectorState {
        public LayerState {
            copies = List.copyOf(copies);
            tensors = List.copyOf(tensors);
            attributes = List.copyOf(attributes);
        }
    }

    /// A block: sums over its layers. `byOp` has time per operator, most first (by count before a run).
    record BlockState(
            String title,
            String path,
            int layers,
            Optional<Time> time,
            Work work,
            OptionalLong parameters,
            OptionalLong parameterBytes,
            List<OpShare> byOp)
            implements InspectorState {
        public BlockState {
            byOp = List.copyOf(byOp);
        }
    }

    /// Layers of one operator in a block or model; `part` in 0…1 of its time, or of its count before a run.
    record OpShare(String op, int count, Optional<Duration> time, double part) {}

    /// The whole model: `nodes` with those of bodies, `mainNodes` without. `runs` is what its unprofiled runs took,
    /// empty before a run; `copies` what each copies between devices.
    record ModelState(
            String title,
            String path,
            int mainNodes,
            int nodes,
            Optional<Duration> latency,
            List<Fact> file,
            List<TensorRow> edges,
            List<Fact> freeDims,
            OptionalLong parameters,
            OptionalLong parameterBytes,
            OptionalLong peakActivationBytes,
            long foldedBytes,
            Work work,
            List<OpShare> byOp,
            Optional<Runs> runs,
            List<Transfer> copies,
            Map<String, String> metadata)
            implements InspectorState {
        public ModelState {
            copies = List.copyOf(copies);
            file = List.copyOf(file);
            edges = List.copyOf(edges);
            freeDims = List.copyOf(freeDims);
            byOp = List.copyOf(byOp);
        }
    }

    /// Times of single runs of the whole model, for the strip, and their statistics. A run that broke off has only the
    /// statistics, and says so in `brokenOff`.
    record Runs(
            List<Duration> times,
            LatencyStats latency,
            int threads,
            String device,
            Optional<Diagnostic> brokenOff,
            EnergyUse energy) {
        public Runs {
            times = List.copyOf(times);
        }
    }
}
