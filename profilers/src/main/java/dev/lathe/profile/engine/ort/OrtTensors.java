package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tensors between our raw layout and ONNX Runtime's Java API.
final class OrtTensors {
    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    /// What may stay on a worker's heap of 512 MB.
    private static final int SMALL = 16 << 20;

    private OrtTensors() {}

    static OnnxTensor toOrt(OrtEnvironment env, HostTensor t) throws OrtException {
        long[] dims = t.dims().stream().mapToLong(Long::longValue).toArray();
        if (t.dtype() == DType.STRING) {
            return OnnxTensor.createTensor(env, t.strings().toArray(String[]::new), dims);
        }
        ByteBuffer bytes = direct(t.bytes()).order(ByteOrder.nativeOrder());
        return switch (t.dtype()) {
            case FLOAT32 -> OnnxTensor.createTensor(env, bytes.asFloatBuffer(), dims);
            case FLOAT64 -> OnnxTensor.createTensor(env, bytes.asDoubleBuffer(), dims);
            case INT64 -> OnnxTensor.createTensor(env, bytes.asLongBuffer(), dims);
            case INT32 -> OnnxTensor.createTensor(env, bytes.asIntBuffer(), dims);
            case INT16 -> OnnxTensor.createTensor(env, bytes.asShortBuffer(), dims);
            case UINT16, UINT32, UINT64 -> UnsignedTensors.of(env, t.dtype(), bytes, dims);
            case FLOAT16 -> OnnxTensor.createTensor(env, bytes.asShortBuffer(), dims, OnnxJavaType.FLOAT16);
            case BFLOAT16 -> OnnxTensor.createTensor(env, bytes.asShortBuffer(), dims, OnnxJavaType.BFLOAT16);
            case INT8 -> OnnxTensor.createTensor(env, bytes, dims, OnnxJavaType.INT8);
            case UINT8 -> OnnxTensor.createTensor(env, bytes, dims, OnnxJavaType.UINT8);
            case BOOL -> OnnxTensor.createTensor(env, bytes, dims, OnnxJavaType.BOOL);
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
                    FLOAT6E2M3,
                    FLOAT6E3M2,
                    FLOAT8E8M0,
                    UINT2,
                    INT2 ->
                throw new OrtException("inputs of type " + t.dtype().text() + " cannot be given through the Java API");
        };
    }

    /// Direct and native: the runtime uses it in place.
    private static ByteBuffer direct(MemorySegment bytes) {
        // What is mapped starts on a page, and lives as long as the tensor: the tensor holds the buffer.
        if (bytes.isMapped() && bytes.byteSize() <= Integer.MAX_VALUE) {
            return bytes.asByteBuffer();
        }
        ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(bytes.byteSize()));
        MemorySegment.ofBuffer(copy).copyFrom(bytes);
        return copy;
    }

    static HostTensor toHost(OnnxTensor t) throws OrtException {
        TensorInfo info = t.getInfo();
        List<Long> dims = Arrays.stream(info.getShape()).boxed().toList();
        DType dtype = dtype(info).orElseThrow(() -> new OrtException("an output of type " + info.onnxType));
        if (dtype == DType.STRING) {
            List<String> strings = new ArrayList<>();
            flatten(t.getValue(), strings);
            return new HostTensor(dtype, dims, MemorySegment.ofArray(new byte[0]), strings);
        }
        ByteBuffer bytes = OrtMemory.of(t);
        // Small ones on the heap, where they go by themselves; others outside it, which is small in a worker.
        MemorySegment copy = bytes.remaining() <= SMALL
                ? MemorySegment.ofArray(new byte[bytes.remaining()])
                : Arena.ofAuto().allocate(bytes.remaining(), Long.BYTES);
        copy.copyFrom(MemorySegment.ofBuffer(bytes));
        return HostTensor.of(dtype, dims, copy);
    }

    private static void flatten(Object value, List<String> into) {
        if (value instanceof Object[] array) {
            for (Object o : array) {
                flatten(o, into);
            }
        } else {
            into.add(String.valueOf(value));
        }
    }

    static ValueType type(ValueInfo info) {
        if (!(info instanceof TensorInfo t)) {
            return ValueType.unknown();
        }
        List<Dim> dims = new ArrayList<>();
        long[] shape = t.getShape();
        String[] names = t.getDimensionNames();
        for (int i = 0; i < shape.length; i++) {
            String name = names != null && i < names.length && names[i] != null ? names[i] : "";
            dims.add(shape[i] >= 0 ? Dim.of(shape[i]) : name.isEmpty() ? Dim.unknown() : Dim.symbol(name));
        }
        return new ValueType.TensorType(dtype(t), Shape.of(dims));
    }

    private static Optional<DType> dtype(TensorInfo info) {
        // By name: the numbers of this enum are the binding's own, not the format's.
        return switch (info.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(DType.FLOAT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(DType.FLOAT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UNDEFINED -> Optional.empty();
            default -> Optional.of(DType.valueOf(info.onnxType.name().substring(TYPE_PREFIX.length())));
        };
    }
}
