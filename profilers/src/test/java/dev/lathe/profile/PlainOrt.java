package dev.lathe.profile;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Runs a model once in ONNX Runtime directly, for tests of what goes in.
final class PlainOrt {
    private PlainOrt() {}

    /// Names of the outputs and how many dimensions each has.
    static Map<String, String> run(Path model, Map<String, HostTensor> inputs) throws OrtException {
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = env.createSession(model.toString(), options)) {
                Map<String, OnnxTensor> given = new LinkedHashMap<>();
                try {
                    for (Map.Entry<String, HostTensor> e : inputs.entrySet()) {
                        given.put(e.getKey(), tensor(env, e.getValue()));
                    }
                    Map<String, String> shapes = new LinkedHashMap<>();
                    try (OrtSession.Result result = session.run(given)) {
                        for (Map.Entry<String, OnnxValue> e : result) {
                            shapes.put(e.getKey(), e.getValue().getInfo().toString());
                        }
                    }
                    return shapes;
                } finally {
                    given.values().forEach(OnnxTensor::close);
                }
            }
        }
    }

    private static OnnxTensor tensor(OrtEnvironment env, HostTensor t) throws OrtException {
        long[] dims = t.dims().stream().mapToLong(d -> d).toArray();
        if (t.dtype() == DType.STRING) {
            return OnnxTensor.createTensor(env, t.strings().toArray(new String[0]), dims);
        }
        return OnnxTensor.createTensor(
                env,
                t.bytes().asByteBuffer().order(ByteOrder.nativeOrder()),
                dims,
                switch (t.dtype()) {
                    case FLOAT16 -> OnnxJavaType.FLOAT16;
                    case INT64 -> OnnxJavaType.INT64;
                    case INT32 -> OnnxJavaType.INT32;
                    case UINT8 -> OnnxJavaType.UINT8;
                    case INT8 -> OnnxJavaType.INT8;
                    case BOOL -> OnnxJavaType.BOOL;
                    case FLOAT64 -> OnnxJavaType.DOUBLE;
                    default -> OnnxJavaType.FLOAT;
                });
    }
}
