package dev.lathe.profile.engine.ort;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteBuffer;
import java.util.Optional;

/// The memory of a tensor that ONNX Runtime made. Its Java API only gives copies on the heap, of which a worker has too
/// little for what a large model computes; what these copies are made from is a private method, without which (another
/// version may have none) the copy does.
final class OrtMemory {
    private static final Optional<MethodHandle> IN_PLACE = inPlace();

    private OrtMemory() {}

    private static Optional<MethodHandle> inPlace() {
        try {
            return Optional.of(MethodHandles.privateLookupIn(OnnxTensor.class, MethodHandles.lookup())
                    .findVirtual(OnnxTensor.class, "getBuffer", MethodType.methodType(ByteBuffer.class)));
        } catch (ReflectiveOperationException e) {
            return Optional.empty();
        }
    }

    /// Valid as long as the tensor is open; a copy where there is no other way.
    ///
    /// @throws OrtException when it is longer than a buffer can be: 2 GiB
    static ByteBuffer of(OnnxTensor t) throws OrtException {
        long bytes = t.getInfo().getNumElements() * t.getInfo().type.size;
        if (bytes > Integer.MAX_VALUE) {
            throw new OrtException("a tensor of " + bytes + " bytes: the Java API reads no more than 2 GiB at once");
        }
        if (IN_PLACE.isEmpty()) {
            return t.getByteBuffer();
        }
        try {
            return (ByteBuffer) IN_PLACE.get().invokeExact(t);
        } catch (RuntimeException | Error | OrtException e) {
            throw e;
        } catch (Throwable e) {
            throw new OrtException("the memory of a tensor cannot be reached: " + e);
        }
    }
}
