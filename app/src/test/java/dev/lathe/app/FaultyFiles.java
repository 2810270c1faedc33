package dev.lathe.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import dev.lathe.app.project.TinyModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Model files that something is wrong with, written field by field after onnx.proto (ModelProto: 1 IR version,
/// 7 graph, 8 opset import; GraphProto: 1 node, 2 name, 5 initializer, 11 input, 12 output).
record FaultyFiles(Path folder) {

    @FunctionalInterface
    private interface Body {
        void write(CodedOutputStream out) throws IOException;
    }

    Path empty() throws IOException {
        return Files.write(folder.resolve("empty.onnx"), new byte[0]);
    }

    Path text() throws IOException {
        return Files.writeString(folder.resolve("letter.onnx"), "Dear model, how are you?\n".repeat(9));
    }

    Path half() throws IOException {
        byte[] whole = Files.readAllBytes(TinyModel.file(folder));
        return Files.write(folder.resolve("half.onnx"), Arrays.copyOf(whole, whole.length / 2));
    }

    /// The weight's numbers are in `location`.
    Path external(String location) throws IOException {
        return model("external.onnx", out -> {
            node(out, "Add", "", "x", "w", "y");
            message(out, 5, tensor -> {
                tensor.writeInt64(1, 4);
                tensor.writeInt32(2, 1);
                tensor.writeString(8, "w");
                message(tensor, 13, entry -> {
                    entry.writeString(1, "location");
                    entry.writeString(2, location);
                });
                tensor.writeInt32(14, 1);
            });
        });
    }

    /// Four numbers are announced, two are there.
    Path shortTensor() throws IOException {
        return model("short.onnx", out -> {
            node(out, "Add", "", "x", "w", "y");
            message(out, 5, tensor -> {
                tensor.writeInt64(1, 4);
                tensor.writeInt32(2, 1);
                tensor.writeString(8, "w");
                tensor.writeBytes(9, ByteString.copyFrom(new byte[8]));
            });
        });
    }

    Path cycle() throws IOException {
        return model("cycle.onnx", out -> {
            node(out, "Add", "", "x", "back", "forth");
            node(out, "Relu", "", "forth", "back");
            node(out, "Relu", "", "back", "y");
        });
    }

    Path unknownOperator() throws IOException {
        return model("unknown.onnx", out -> {
            node(out, "Relu", "", "x", "r");
            node(out, "Frobnicate", "dev.somebody", "r", "y");
        });
    }

    private Path model(String name, Body graph) throws IOException {
        byte[] bytes = bytes(out -> {
            out.writeInt64(1, 8);
            message(out, 7, g -> {
                graph.write(g);
                g.writeString(2, "g");
                value(g, 11, "x");
                value(g, 12, "y");
            });
            message(out, 8, opset -> opset.writeInt64(2, 17));
            message(out, 8, opset -> {
                opset.writeString(1, "dev.somebody");
                opset.writeInt64(2, 1);
            });
        });
        return Files.write(folder.resolve(name), bytes);
    }

    /// A node whose last name is its output, the others its inputs.
    private static void node(CodedOutputStream out, String op, String domain, String... values) throws IOException {
        message(out, 1, node -> {
            for (int i = 0; i < values.length; i++) {
                node.writeString(i < values.length - 1 ? 1 : 2, values[i]);
            }
            node.writeString(3, op + " of " + values[values.length - 1]);
            node.writeString(4, op);
            node.writeString(7, domain);
        });
    }

    /// Four float32 numbers.
    private static void value(CodedOutputStream out, int field, String name) throws IOException {
        message(out, field, value -> {
            value.writeString(1, name);
            message(
                    value,
                    2,
                    type -> message(type, 1, tensor -> {
                        tensor.writeInt32(1, 1);
                        message(tensor, 2, shape -> message(shape, 1, dim -> dim.writeInt64(1, 4)));
                    }));
        });
    }

    private static void message(CodedOutputStream out, int field, Body body) throws IOException {
        out.writeByteArray(field, bytes(body));
    }

    private static byte[] bytes(Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        body.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
