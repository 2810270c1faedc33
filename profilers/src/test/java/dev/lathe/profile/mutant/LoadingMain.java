package dev.lathe.profile.mutant;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// Loads models in ONNX Runtime, in a process of its own: the paths come in as lines, and for each a line goes out,
/// empty for one that loads, else why it does not. A path behind [#RUN] is run, too, on inputs of zeros and of ones.
final class LoadingMain {
    /// Begins every answer: a process that dies may say something, too.
    static final String ANSWER = "answer:";

    static final String RUN = "run:";

    private LoadingMain() {}

    public static void main(String[] args) throws IOException, OrtException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        OrtEnvironment env = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            boolean run = line.startsWith(RUN);
            String answer = refusal(env, run ? line.substring(RUN.length()) : line, run);
            out.println(ANSWER + answer.replaceAll("\\s+", " "));
        }
    }

    private static String refusal(OrtEnvironment env, String path, boolean run) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = env.createSession(path, options)) {
                return run && !runs(env, session, 0) && !runs(env, session, 1) ? "it does not run" : "";
            } catch (OrtException refused) {
                return refused.getCode() + ": " + refused.getMessage();
            }
        }
    }

    private static boolean runs(OrtEnvironment env, OrtSession session, int fill) throws OrtException {
        Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
        try {
            for (NodeInfo input : session.getInputInfo().values()) {
                if (!(input.getInfo() instanceof TensorInfo tensor)) {
                    return true;
                }
                inputs.put(input.getName(), filled(env, tensor, fill));
            }
            session.run(inputs).close();
            return true;
        } catch (OrtException refused) {
            return false;
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    /// Open sizes are 1.
    private static OnnxTensor filled(OrtEnvironment env, TensorInfo like, int fill) throws OrtException {
        long[] shape = Arrays.stream(like.getShape()).map(n -> n < 0 ? 1 : n).toArray();
        int count = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
        if (like.type == OnnxJavaType.STRING) {
            String[] words = new String[count];
            Arrays.fill(words, "a");
            return OnnxTensor.createTensor(env, words, shape);
        }
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.max(1, count) * like.type.size).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count && fill != 0; i++) {
            switch (like.type) {
                case FLOAT -> bytes.putFloat(fill);
                case DOUBLE -> bytes.putDouble(fill);
                case FLOAT16 -> bytes.putShort((short) 0x3C00);
                case BFLOAT16 -> bytes.putShort((short) 0x3F80);
                case INT64 -> bytes.putLong(fill);
                case INT32 -> bytes.putInt(fill);
                case INT16 -> bytes.putShort((short) fill);
                default -> bytes.put((byte) fill);
            }
        }
        bytes.clear().limit(count * like.type.size);
        return OnnxTensor.createTensor(env, bytes, shape, like.type);
    }
}
