package dev.lathe.app.project;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.optimize.check.OutputDifference;
import dev.lathe.optimize.check.TensorDifferences;
import dev.lathe.optimize.check.TensorValues;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.RunTarget;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Every tensor holds 0, 1, 2 … in 2×3×16×16; those of two models are the further apart the later they come.
public final class FakeTensors implements Services.Tensors {
    public static HostTensor counting() {
        float[] numbers = new float[2 * 3 * 16 * 16];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return HostTensor.of(DType.FLOAT32, List.of(2L, 3L, 16L, 16L), MemorySegment.ofArray(bytes(numbers)));
    }

    private static byte[] bytes(float[] numbers) {
        java.nio.ByteBuffer b =
                java.nio.ByteBuffer.allocate(4 * numbers.length).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        b.asFloatBuffer().put(numbers);
        return b.array();
    }

    @Override
    public void read(
            Model model,
            String tensor,
            DimBindings dims,
            RunTarget target,
            TensorValues.Taker taker,
            JobContext context)
            throws LatheException {
        taker.take(tensor, counting());
    }

    @Override
    public List<OutputDifference> apart(Model a, Model b, DimBindings dims, RunTarget target, JobContext context) {
        List<String> names = TensorDifferences.common(a, b);
        return java.util.stream.IntStream.range(0, names.size())
                .mapToObj(i -> new OutputDifference(names.get(i), 1 - i * 1e-4, 60.0 - i, i * 1e-3, 10, 0))
                .toList();
    }
}
