package dev.lathe.profile.engine.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Tensors between our raw layout and DJL's arrays.
final class DjlTensors {
    private DjlTensors() {}

    static NDArray toDjl(NDManager manager, String name, HostTensor t) throws LatheException {
        Shape shape = new Shape(t.dims().stream().mapToLong(Long::longValue).toArray());
        if (t.dtype() == DType.STRING) {
            return manager.create(t.strings().toArray(String[]::new), shape);
        }
        DataType type = type(t.dtype())
                .orElseThrow(() -> new LatheException(Diagnostic.error(
                        "engine-refused",
                        "through DJL it takes no inputs of type " + t.dtype().text() + ".",
                        new Place.AtValue(name))));
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.toIntExact(t.bytes().byteSize())).order(ByteOrder.nativeOrder());
        MemorySegment.ofBuffer(bytes).copyFrom(t.bytes());
        return manager.create(bytes, shape, type);
    }

    static HostTensor toHost(NDArray array) {
        List<Long> dims = Arrays.stream(array.getShape().getShape()).boxed().toList();
        if (array.getDataType() == DataType.STRING) {
            return new HostTensor(
                    DType.STRING, dims, MemorySegment.ofArray(new byte[0]), List.of(array.toStringArray()));
        }
        ByteBuffer bytes = array.toByteBuffer();
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HostTensor.of(type(array.getDataType()), dims, MemorySegment.ofArray(copy));
    }

    private static Optional<DataType> type(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> Optional.of(DataType.FLOAT32);
            case FLOAT64 -> Optional.of(DataType.FLOAT64);
            case FLOAT16 -> Optional.of(DataType.FLOAT16);
            case BFLOAT16 -> Optional.of(DataType.BFLOAT16);
            case INT64 -> Optional.of(DataType.INT64);
            case INT32 -> Optional.of(DataType.INT32);
            case INT8 -> Optional.of(DataType.INT8);
            case UINT8 -> Optional.of(DataType.UINT8);
            case BOOL -> Optional.of(DataType.BOOLEAN);
            default -> Optional.empty();
        };
    }

    private static DType type(DataType type) {
        return switch (type) {
            case FLOAT32 -> DType.FLOAT32;
            case FLOAT64 -> DType.FLOAT64;
            case FLOAT16 -> DType.FLOAT16;
            case BFLOAT16 -> DType.BFLOAT16;
            case INT64 -> DType.INT64;
            case INT32 -> DType.INT32;
            case INT8 -> DType.INT8;
            case UINT8 -> DType.UINT8;
            case BOOLEAN -> DType.BOOL;
            default -> throw new IllegalArgumentException("an output of type " + type);
        };
    }
}
