package dev.lathe.graph.io.onnx;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.DType;
import dev.lathe.graph.Extra;
import dev.lathe.graph.Tensor;
import dev.lathe.graph.data.SourceFile;
import dev.lathe.graph.data.Weights;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sparse initializers, which a graph keeps in wire form: whether their indices lead to places in the tensor,
/// each once and in order.
public final class SparseConstants {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final long CANCEL_EVERY = 1 << 16;

    /// @param accepted whether ONNX Runtime takes it all the same
    public record Fault(String tensor, String sentence, boolean accepted) {}

    private final String name;
    private final Tensor values;
    private final Tensor indices;
    private final List<Long> dims;
    private final JobContext context;

    private SparseConstants(String name, Tensor values, Tensor indices, List<Long> dims, JobContext context) {
        this.name = name;
        this.values = values;
        this.indices = indices;
        this.dims = dims;
        this.context = context;
    }

    /// What is wrong with the sparse initializers among the kept fields of a graph; at most one fault of each.
    public static List<Fault> faults(Extra graph, JobContext context) {
        List<Fault> found = new ArrayList<>();
        if (ExtraScan.has(graph, Proto.GraphField.SPARSE_INITIALIZER)) {
            Extra all = ExtraScan.only(graph, Proto.GraphField.SPARSE_INITIALIZER, true);
            try {
                WireReader r = WireReader.of(MemorySegment.ofArray(all.wire()));
                while (r.next()) {
                    fault(r.message(), context).ifPresent(found::add);
                }
            } catch (WireFault f) {
                found.add(new Fault("", "it cannot be read", false));
            }
        }
        return found;
    }

    private static Optional<Fault> fault(WireReader message, JobContext context) throws WireFault {
        Reading reading = Reading.of(new SourceFile(Path.of(""), Optional.empty()), JobContext.quiet())
                .inMemory();
        Pieces values = new Pieces();
        Pieces indices = new Pieces();
        List<Long> dims = new ArrayList<>();
        try {
            message.as(Wire.SPARSE);
            while (message.next()) {
                switch (message.field()) {
                    case Proto.SparseField.VALUES -> values.add(message.message());
                    case Proto.SparseField.INDICES -> indices.add(message.message());
                    case Proto.SparseField.DIMS -> dims(message, dims);
                    default -> message.skip();
                }
            }
            if (values.isEmpty() || indices.isEmpty()) {
                String name = values.isEmpty() ? "" : tensor(reading, values).name();
                return Optional.of(new Fault(name, "values or indices are missing", false));
            }
            TensorReader.Named named = tensor(reading, values);
            return new SparseConstants(
                            named.name(),
                            named.tensor(),
                            tensor(reading, indices).tensor(),
                            dims,
                            context)
                    .check();
        } catch (LatheException unreadable) {
            return Optional.of(new Fault("", unreadable.diagnostic().message(), false));
        }
    }

    private static TensorReader.Named tensor(Reading reading, Pieces pieces) throws WireFault, LatheException {
        return TensorReader.initializer(reading, pieces.together());
    }

    static void dims(WireReader r, List<Long> into) throws WireFault {
        if (r.isVarint()) {
            into.add(r.varint());
            return;
        }
        WireReader packed = r.message();
        while (packed.position() < packed.claimedEnd()) {
            into.add(packed.varint());
        }
    }

    private Optional<Fault> check() {
        for (Tensor part : List.of(values, indices)) {
            if (OddContent.isIn(part) && part.data() instanceof Weights.Missing(long size, String reason)) {
                return fault(reason, false);
            }
        }
        if (values.dims().size() != 1) {
            return fault("its values have rank " + values.dims().size() + ", not 1", false);
        }
        long count = values.dims().getFirst();
        List<Long> shape = indices.dims();
        boolean linear = shape.size() == 1;
        if (indices.dtype() != DType.INT64) {
            return fault("its indices are " + indices.dtype().text() + ", not int64", false);
        }
        if (!linear && (shape.size() != 2 || shape.get(1) != dims.size())) {
            return fault("its indices have the shape " + shape + ", its own is " + dims, false);
        }
        if (shape.getFirst() != count) {
            return fault("it has " + count + " values and " + shape.getFirst() + " indices", false);
        }
        if (dims.isEmpty() || dims.stream().anyMatch(d -> d <= 0)) {
            return fault("its shape " + dims + " has no place for values", false);
        }
        return indices.data() instanceof Weights.Missing ? Optional.empty() : order(linear);
    }

    private Optional<Fault> order(boolean linear) {
        MemorySegment numbers = indices.data().bytes();
        int width = linear ? 1 : dims.size();
        long[] ends = linear
                ? new long[] {places()}
                : dims.stream().mapToLong(Long::longValue).toArray();
        Optional<Fault> unsorted = Optional.empty();
        for (long at = 0; at < indices.dims().getFirst(); at++) {
            if (at % CANCEL_EVERY == 0) {
                context.checkCancelled();
            }
            for (int k = 0; k < width; k++) {
                long index = numbers.get(LONG, (at * width + k) * Long.BYTES);
                if (index < 0 || index >= ends[k]) {
                    return fault(
                            "its index " + index + " at position " + at + " lies outside its shape " + dims, false);
                }
            }
            if (unsorted.isEmpty() && at > 0) {
                unsorted = follows(numbers, width, at);
            }
        }
        return unsorted;
    }

    /// Whether the index at a position is behind the one before it; else what is wrong.
    private Optional<Fault> follows(MemorySegment numbers, int width, long at) {
        for (int k = 0; k < width; k++) {
            long before = numbers.get(LONG, ((at - 1) * width + k) * Long.BYTES);
            long now = numbers.get(LONG, (at * width + k) * Long.BYTES);
            if (before != now) {
                return before < now ? Optional.empty() : fault("its indices are not in order at position " + at, true);
            }
        }
        List<Long> twice = new ArrayList<>();
        for (int k = 0; k < width; k++) {
            twice.add(numbers.get(LONG, (at * width + k) * Long.BYTES));
        }
        return fault("its index " + twice + " occurs twice", true);
    }

    private long places() {
        try {
            return dims.stream().reduce(1L, Math::multiplyExact);
        } catch (ArithmeticException beyond) {
            return Long.MAX_VALUE;
        }
    }

    private Optional<Fault> fault(String sentence, boolean accepted) {
        return Optional.of(new Fault(name, sentence, accepted));
    }
}
