package dev.lathe.optimize;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import dev.lathe.profile.engine.HostTensor;
import dev.lathe.profile.engine.ModelRunner;
import dev.lathe.profile.engine.RunTarget;
import dev.lathe.profile.engine.Session;
import dev.lathe.profile.engine.SessionConfig;
import dev.lathe.profile.engine.TensorSpec;
import dev.lathe.profile.engine.Tracer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs models with ONNX Runtime inside the test's own process: what passes need of a runner, without workers.
public final class DirectRunner implements ModelRunner {
    @Override
    public Session open(Path model, RunTarget target, SessionConfig config, JobContext context) throws LatheException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setIntraOpNumThreads(config.threads());
            options.setOptimizationLevel(
                    switch (config.level()) {
                        case NONE -> OrtSession.SessionOptions.OptLevel.NO_OPT;
                        case BASIC -> OrtSession.SessionOptions.OptLevel.BASIC_OPT;
                        case EXTENDED -> OrtSession.SessionOptions.OptLevel.EXTENDED_OPT;
                        case ALL -> OrtSession.SessionOptions.OptLevel.ALL_OPT;
                    });
            return new Direct(OrtEnvironment.getEnvironment(ai.onnxruntime.OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL)
                    .createSession(model.toString(), options));
        } catch (OrtException e) {
            throw refused(e);
        }
    }

    private static LatheException refused(OrtException e) {
        return new LatheException(Diagnostic.error("engine", String.valueOf(e.getMessage()), Place.nowhere()), e);
    }

    @Override
    public void close() {
        // sessions close themselves
    }

    private record Direct(OrtSession session) implements Session {
        @Override
        public List<TensorSpec> inputs() {
            return specs(() -> session.getInputInfo().values());
        }

        @Override
        public List<TensorSpec> outputs() {
            return specs(() -> session.getOutputInfo().values());
        }

        private interface Infos {
            Iterable<ai.onnxruntime.NodeInfo> all() throws OrtException;
        }

        private static List<TensorSpec> specs(Infos infos) {
            List<TensorSpec> specs = new ArrayList<>();
            try {
                for (var n : infos.all()) {
                    specs.add(new TensorSpec(n.getName(), type(n.getInfo())));
                }
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
            return specs;
        }

        private static ValueType type(ValueInfo info) {
            if (!(info instanceof TensorInfo t)) {
                return ValueType.unknown();
            }
            DType dtype = dtype(t);
            List<Dim> dims = Arrays.stream(t.getShape())
                    .mapToObj(d -> d < 0 ? Dim.unknown() : Dim.of(d))
                    .toList();
            return ValueType.tensor(dtype, Shape.of(dims));
        }

        private static DType dtype(TensorInfo info) {
            String name = info.onnxType.name().replace("ONNX_TENSOR_ELEMENT_DATA_TYPE_", "");
            return switch (name) {
                case "FLOAT" -> DType.FLOAT32;
                case "DOUBLE" -> DType.FLOAT64;
                default -> DType.valueOf(name);
            };
        }

        private static OnnxJavaType javaType(DType dtype) {
            return switch (dtype) {
                case FLOAT32 -> OnnxJavaType.FLOAT;
                case FLOAT64 -> OnnxJavaType.DOUBLE;
                default -> OnnxJavaType.valueOf(dtype.name());
            };
        }

        @Override
        public Map<String, HostTensor> run(Map<String, HostTensor> inputs) throws LatheException {
            Map<String, OnnxTensor> given = new LinkedHashMap<>();
            try {
                for (var e : inputs.entrySet()) {
                    HostTensor t = e.getValue();
                    ByteBuffer bytes = ByteBuffer.allocateDirect((int) t.bytes().byteSize())
                            .order(ByteOrder.nativeOrder());
                    MemorySegment.ofBuffer(bytes).copyFrom(t.bytes());
                    given.put(
                            e.getKey(),
                            OnnxTensor.createTensor(
                                    OrtEnvironment.getEnvironment(),
                                    bytes,
                                    t.dims().stream().mapToLong(d -> d).toArray(),
                                    javaType(t.dtype())));
                }
                try (OrtSession.Result result = session.run(given)) {
                    Map<String, HostTensor> out = new LinkedHashMap<>();
                    for (Map.Entry<String, OnnxValue> e : result) {
                        if (e.getValue() instanceof OnnxTensor t) {
                            out.put(e.getKey(), host(t));
                        }
                    }
                    return out;
                }
            } catch (OrtException e) {
                throw refused(e);
            } finally {
                given.values().forEach(OnnxTensor::close);
            }
        }

        private static HostTensor host(OnnxTensor t) throws OrtException {
            DType dtype = dtype(t.getInfo());
            List<Long> dims = Arrays.stream(t.getInfo().getShape()).boxed().toList();
            if (dtype == DType.STRING) {
                Object value = t.getValue();
                List<String> all = value instanceof String s ? List.of(s) : Arrays.asList((String[]) value);
                return new HostTensor(dtype, dims, MemorySegment.ofArray(new byte[0]), all);
            }
            ByteBuffer bytes = t.getByteBuffer();
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return HostTensor.of(dtype, dims, MemorySegment.ofArray(copy));
        }

        @Override
        public Optional<Tracer> tracer() {
            return Optional.empty();
        }

        @Override
        public void close() {
            try {
                session.close();
            } catch (OrtException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
