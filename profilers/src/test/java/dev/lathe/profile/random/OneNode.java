package dev.lathe.profile.random;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import com.google.protobuf.ByteString;
import dev.lathe.profile.mutant.AttributePart;
import dev.lathe.profile.mutant.GraphPart;
import dev.lathe.profile.mutant.ModelPart;
import dev.lathe.profile.mutant.NodePart;
import dev.lathe.profile.mutant.OpsetPart;
import dev.lathe.profile.mutant.TensorPart;
import dev.lathe.profile.mutant.TensorTypePart;
import dev.lathe.profile.mutant.TypePart;
import dev.lathe.profile.mutant.ValuePart;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs a node alone in ONNX Runtime on given tensors: what it makes of them is the truth.
final class OneNode {
    private static final long OPSET = 20;
    private static final long IR = 9;
    private static final int INT = 2;
    private static final int STRING = 3;
    private static final int INTS = 7;

    private OneNode() {}

    /// What the node's outputs hold; empty where ONNX Runtime refuses it.
    static Optional<List<Held>> run(NodePart node, Map<String, Held> given) {
        OrtEnvironment env = OrtEnvironment.getEnvironment();
        GraphPart.Builder graph = GraphPart.newBuilder().setName("one").addNode(node);
        given.forEach((name, held) -> graph.addInput(value(name, held)));
        node.getOutputList().forEach(o -> graph.addOutput(ValuePart.newBuilder().setName(o)));
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = env.createSession(model(graph).toByteArray(), options)) {
                for (Map.Entry<String, Held> e : given.entrySet()) {
                    inputs.put(e.getKey(), e.getValue().tensor(env));
                }
                List<Held> made = new ArrayList<>();
                try (OrtSession.Result result = session.run(inputs)) {
                    for (Map.Entry<String, OnnxValue> e : result) {
                        Optional<Held> held =
                                e.getValue() instanceof OnnxTensor t ? Held.of(t) : Optional.<Held>empty();
                        held.ifPresent(made::add);
                    }
                }
                return made.size() == node.getOutputCount() ? Optional.of(made) : Optional.empty();
            }
        } catch (OrtException refused) {
            return Optional.empty();
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /// Why ONNX Runtime does not load the model, if so.
    static Optional<String> refusal(Path model) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.NO_OPT);
            OrtEnvironment.getEnvironment()
                    .createSession(model.toString(), options)
                    .close();
            return Optional.empty();
        } catch (OrtException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    static ModelPart model(GraphPart.Builder graph) {
        return ModelPart.newBuilder()
                .setIrVersion(IR)
                .setGraph(graph)
                .addOpsetImport(OpsetPart.newBuilder().setDomain("").setVersion(OPSET))
                .build();
    }

    static ValuePart.Builder value(String name, Held held) {
        return ValuePart.newBuilder()
                .setName(name)
                .setType(TypePart.newBuilder()
                        .setTensorType(TensorTypePart.newBuilder()
                                .setElemType(held.dtype().onnxCode())));
    }

    static TensorPart.Builder constant(String name, Held held) {
        return TensorPart.newBuilder()
                .setName(name)
                .addAllDims(held.dims())
                .setDataType(held.dtype().onnxCode())
                .setRawData(ByteString.copyFrom(held.bytes()));
    }

    static AttributePart attribute(String name, long value) {
        return AttributePart.newBuilder().setName(name).setI(value).setType(INT).build();
    }

    static AttributePart attribute(String name, List<Long> values) {
        return AttributePart.newBuilder()
                .setName(name)
                .addAllInts(values)
                .setType(INTS)
                .build();
    }

    static AttributePart attribute(String name, String value) {
        return AttributePart.newBuilder()
                .setName(name)
                .setS(ByteString.copyFromUtf8(value))
                .setType(STRING)
                .build();
    }
}
