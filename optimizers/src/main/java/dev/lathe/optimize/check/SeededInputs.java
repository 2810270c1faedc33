package dev.lathe.optimize.check;

import dev.lathe.core.JobContext;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Model;
import dev.lathe.graph.Shape;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueId;
import dev.lathe.graph.ValueType;
import dev.lathe.optimize.rewrite.Elements;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// Random inputs of a model, the same for the same seed: floats from the standard normal distribution, whole
/// numbers within what the graph accepts (see [IntegerRange]), truth values by coin.
final class SeededInputs {
    private final Model model;
    private final EquivalencePlan plan;
    private final IntegerRange ranges;

    private SeededInputs(Model model, EquivalencePlan plan, JobContext job) {
        this.model = model;
        this.plan = plan;
        this.ranges = IntegerRange.of(model, job);
    }

    static List<Map<String, HostTensor>> samples(Model model, EquivalencePlan plan, JobContext job) {
        SeededInputs maker = new SeededInputs(model, plan, job);
        List<Map<String, HostTensor>> samples = new ArrayList<>();
        for (int i = 0; i < plan.samples(); i++) {
            job.checkCancelled();
            SplittableRandom random = new SplittableRandom(plan.seed() + 0x9E3779B97F4A7C15L * i);
            Map<String, HostTensor> inputs = new LinkedHashMap<>();
            for (ValueId id : model.graph().requiredInputs()) {
                Value v = model.graph().value(id).orElseThrow();
                if (v.declared() instanceof ValueType.TensorType) {
                    inputs.put(v.name(), maker.tensor(v, random));
                }
            }
            samples.add(inputs);
        }
        return samples;
    }

    private HostTensor tensor(Value value, SplittableRandom random) {
        List<Long> dims = dims(value.declared().shape());
        long count = dims.stream().reduce(1L, Math::multiplyExact);
        DType dtype = value.declared().dtype().orElse(DType.FLOAT32);
        MemorySegment bytes = Elements.room(dtype.bytesFor(count));
        IntegerRange.Range range = ranges.find(value.id());
        for (long i = 0; i < count; i++) {
            switch (dtype) {
                case FLOAT32 -> bytes.set(Elements.FLOAT, i * 4, (float) normal(random));
                case FLOAT64 -> bytes.set(Elements.DOUBLE, i * 8, normal(random));
                case FLOAT16 -> bytes.set(Elements.SHORT, i * 2, Float.floatToFloat16((float) normal(random)));
                case BFLOAT16 ->
                    bytes.set(Elements.SHORT, i * 2, (short) (Float.floatToRawIntBits((float) normal(random)) >>> 16));
                case INT64, UINT64 -> bytes.set(Elements.LONG, i * 8, range.pick(random));
                case INT32, UINT32 -> bytes.set(Elements.INT, i * 4, (int) range.pick(random));
                case INT16, UINT16 -> bytes.set(Elements.SHORT, i * 2, (short) range.pick(random));
                case BOOL -> bytes.set(Elements.BYTE, i, (byte) random.nextInt(2));
                case UINT8 -> bytes.set(Elements.BYTE, i, (byte) random.nextInt(256));
                case INT8 -> bytes.set(Elements.BYTE, i, (byte) random.nextInt(256));
                case STRING,
                        COMPLEX64,
                        COMPLEX128,
                        FLOAT8E4M3FN,
                        FLOAT8E4M3FNUZ,
                        FLOAT8E5M2,
                        FLOAT8E5M2FNUZ,
                        UINT4,
                        INT4,
                        FLOAT4E2M1,
                        FLOAT8E8M0,
                        UINT2,
                        INT2 -> {
                    // zero bytes are a value of each of these types
                }
            }
        }
        return new HostTensor(
                dtype,
                dims,
                bytes,
                dtype == DType.STRING ? java.util.Collections.nCopies(Math.toIntExact(count), "text") : List.of());
    }

    /// Box–Muller.
    private static double normal(SplittableRandom random) {
        return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
    }

    private List<Long> dims(Shape shape) {
        if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
            return List.of(1L);
        }
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; i < dims.size(); i++) {
            sizes.add(
                    switch (dims.get(i)) {
                        case Dim.Fixed(long size) -> size;
                        case Dim.Symbol(String name) -> named(name);
                        case Dim.Expr e -> named(e.toString());
                        case Dim.Unknown u -> i == 0 ? 1L : dims.size() == 4 && i >= 2 ? 64L : 16L;
                    });
        }
        return sizes;
    }

    /// The size of a named dimension: the plan's, or a guess from its name. `a + b` is the sum of its parts.
    private long named(String name) {
        Long given = plan.dims().sizes().get(name);
        if (given != null) {
            return given;
        }
        if (name.contains("+")) {
            long sum = 0;
            for (String part : name.replaceAll("[()]", "").split("\\+")) {
                String p = part.strip();
                sum += p.matches("\\d+") ? Long.parseLong(p) : named(p);
            }
            return sum;
        }
        String n = name.toLowerCase(java.util.Locale.ROOT);
        if (n.contains("batch") || n.equals("n") || n.equals("b")) {
            return 1;
        }
        if (n.contains("past")) {
            return 4;
        }
        if (n.contains("height") || n.contains("width") || n.equals("h") || n.equals("w")) {
            return 64;
        }
        return n.matches(".*(seq|len|time|token|frame|sample).*") ? 128 : 1;
    }
}
