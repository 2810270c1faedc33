package dev.lathe.profile.random;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.lathe.graph.DType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A tensor and what is in it, in row-major order; whole numbers and truths are exact as doubles here.
record Held(DType dtype, List<Long> dims, double[] numbers) {
    private static final Map<OnnxJavaType, DType> TYPES = Map.of(
            OnnxJavaType.INT64, DType.INT64,
            OnnxJavaType.INT32, DType.INT32,
            OnnxJavaType.FLOAT, DType.FLOAT32,
            OnnxJavaType.DOUBLE, DType.FLOAT64,
            OnnxJavaType.BOOL, DType.BOOL);

    static Held ints(long... values) {
        return new Held(
                DType.INT64,
                List.of((long) values.length),
                Arrays.stream(values).asDoubleStream().toArray());
    }

    static Held scalar(DType dtype, double value) {
        return new Held(dtype, List.of(), new double[] {value});
    }

    int rank() {
        return dims.size();
    }

    int size() {
        return numbers.length;
    }

    boolean is(DType wanted) {
        return dtype == wanted;
    }

    /// A short vector, as sizes and axes are.
    boolean isList() {
        return is(DType.INT64) && rank() == 1 && size() < 12;
    }

    boolean isSmall() {
        return is(DType.INT64) && rank() <= 2 && size() < 40;
    }

    byte[] bytes() {
        int width = dtype == DType.BOOL ? 1 : dtype == DType.INT64 || dtype == DType.FLOAT64 ? 8 : 4;
        ByteBuffer b = ByteBuffer.allocate(width * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double n : numbers) {
            switch (dtype) {
                case INT64 -> b.putLong((long) n);
                case INT32 -> b.putInt((int) n);
                case FLOAT32 -> b.putFloat((float) n);
                case FLOAT64 -> b.putDouble(n);
                default -> b.put((byte) (n == 0 ? 0 : 1));
            }
        }
        return b.array();
    }

    OnnxTensor tensor(OrtEnvironment env) throws OrtException {
        OnnxJavaType type = TYPES.entrySet().stream()
                .filter(e -> e.getValue() == dtype)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
        byte[] content = bytes();
        ByteBuffer direct = ByteBuffer.allocateDirect(content.length).order(ByteOrder.nativeOrder());
        direct.put(content).flip();
        return OnnxTensor.createTensor(
                env, direct, dims.stream().mapToLong(Long::longValue).toArray(), type);
    }

    /// Empty for element types that no random graph has.
    static Optional<Held> of(OnnxTensor tensor) {
        TensorInfo info = tensor.getInfo();
        DType dtype = TYPES.get(info.type);
        if (dtype == null) {
            return Optional.empty();
        }
        ByteBuffer b = tensor.getByteBuffer().order(ByteOrder.nativeOrder());
        double[] numbers = new double[Math.toIntExact(info.getNumElements())];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = switch (dtype) {
                case INT64 -> b.getLong();
                case INT32 -> b.getInt();
                case FLOAT32 -> b.getFloat();
                case FLOAT64 -> b.getDouble();
                default -> b.get();
            };
        }
        return Optional.of(
                new Held(dtype, Arrays.stream(info.getShape()).boxed().toList(), numbers));
    }
}
