package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.lathe.graph.DType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/// Tensors of unsigned 16, 32 and 64-bit integers. The runtime's Java API gives them out but takes none in, because it
/// asks for a Java type, and Java has no such types; the native call below it asks for the element type itself.
final class UnsignedTensors {
    private UnsignedTensors() {}

    /// @param bytes direct, in native order; used in place
    static OnnxTensor of(OrtEnvironment env, DType dtype, ByteBuffer bytes, long[] dims) throws OrtException {
        try {
            TensorInfo.OnnxTensorType type = type(dtype);
            Method create = OnnxTensor.class.getDeclaredMethod(
                    "createTensorFromBuffer",
                    long.class,
                    long.class,
                    Buffer.class,
                    int.class,
                    long.class,
                    long[].class,
                    int.class);
            create.setAccessible(true);
            long allocator = allocator(env);
            Object handle = create.invoke(null, api(), allocator, bytes, 0, (long) bytes.capacity(), dims, code(dtype));
            Constructor<TensorInfo> info = TensorInfo.class.getDeclaredConstructor(
                    long[].class, OnnxJavaType.class, TensorInfo.OnnxTensorType.class);
            info.setAccessible(true);
            Constructor<OnnxTensor> tensor = OnnxTensor.class.getDeclaredConstructor(
                    long.class, long.class, TensorInfo.class, Buffer.class, boolean.class);
            tensor.setAccessible(true);
            return tensor.newInstance(
                    handle, allocator, info.newInstance(dims, OnnxJavaType.mapFromInt(type.value), type), bytes, true);
        } catch (InvocationTargetException e) {
            throw new OrtException(String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new OrtException("inputs of type " + dtype.text() + " cannot be given to this build of the runtime");
        }
    }

    /// The native call's own numbers of element types, which are not ONNX's.
    private static int code(DType dtype) throws OrtException {
        if (dtype == DType.UINT16) {
            return 3;
        }
        if (dtype == DType.UINT32) {
            return 5;
        }
        if (dtype == DType.UINT64) {
            return 7;
        }
        throw new OrtException(dtype.text() + " is no wide unsigned type");
    }

    private static TensorInfo.OnnxTensorType type(DType dtype) throws OrtException {
        for (TensorInfo.OnnxTensorType t : TensorInfo.OnnxTensorType.values()) {
            if (t.value == dtype.onnxCode()) {
                return t;
            }
        }
        throw new OrtException("the runtime has no type " + dtype.text());
    }

    private static long api() throws ReflectiveOperationException {
        Field handle = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
        handle.setAccessible(true);
        return handle.getLong(null);
    }

    private static long allocator(OrtEnvironment env) throws ReflectiveOperationException {
        Field field = OrtEnvironment.class.getDeclaredField("defaultAllocator");
        field.setAccessible(true);
        Object allocator = field.get(env);
        Field handle = allocator.getClass().getDeclaredField("handle");
        handle.setAccessible(true);
        return handle.getLong(allocator);
    }
}
