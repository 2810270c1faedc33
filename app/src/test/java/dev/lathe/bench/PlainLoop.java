package dev.lathe.bench;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// ONNX Runtime with nothing around it: what a program of a few lines would measure.
final class PlainLoop implements AutoCloseable {
    private static final int WARMUP = 10;

    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    private final OrtSession session;
    private final Map<String, OnnxTensor> feed = new HashMap<>();

    PlainLoop(Path file, Map<String, HostTensor> inputs, int threads) throws OrtException {
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        options.setIntraOpNumThreads(threads);
        session = env.createSession(file.toString(), options);
        for (var e : inputs.entrySet()) {
            feed.put(e.getKey(), tensor(env, e.getValue()));
        }
    }

    /// The median of so many runs after ten, in ms.
    double median(int runs) throws OrtException {
        double[] ms = new double[runs];
        for (int i = -WARMUP; i < runs; i++) {
            long t = System.nanoTime();
            session.run(feed).close();
            if (i >= 0) {
                ms[i] = (System.nanoTime() - t) / 1e6;
            }
        }
        return Bench.median(ms);
    }

    private static OnnxTensor tensor(OrtEnvironment env, HostTensor t) throws OrtException {
        long[] dims = t.dims().stream().mapToLong(Long::longValue).toArray();
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) t.bytes().byteSize()).order(ByteOrder.nativeOrder());
        bytes.put(t.bytes().asByteBuffer()).flip();
        return OnnxTensor.createTensor(env, bytes, dims, type(t.dtype()));
    }

    private static OnnxJavaType type(DType dtype) {
        return switch (dtype) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case INT8 -> OnnxJavaType.INT8;
            case INT16 -> OnnxJavaType.INT16;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case UINT8 -> OnnxJavaType.UINT8;
            case BOOL -> OnnxJavaType.BOOL;
            default -> throw new IllegalArgumentException("ONNX Runtime's Java interface makes no " + dtype);
        };
    }

    @Override
    public void close() throws OrtException {
        feed.values().forEach(OnnxTensor::close);
        session.close();
        options.close();
    }
}
