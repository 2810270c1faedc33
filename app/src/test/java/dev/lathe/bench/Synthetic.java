package dev.lathe.bench;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Model files of any size, for benchmarks.
final class Synthetic {
    private static final int WIDTH = 64;
    private static final long TENSOR_BYTES = 64L << 20;

    private Synthetic() {}

    /// A transformer of at least `nodes` nodes with free batch and sequence, whose heads are split by computed shapes
    /// as exporters write them.
    static Path transformer(Path folder, int nodes) throws LatheException {
        StringBuilder t = new StringBuilder(nodes * 80);
        t.append("model \"ONNX\" ir=8\nopset \"\" 17\n")
                .append("graph transformer (x0: float32[batch, sequence, 64]) -> (y: float32[batch, sequence, 64]) {\n")
                .append("  const zero = int64[] {0}\n  const one = int64[] {1}\n  const first = int64[1] {0}\n")
                .append("  const heads = int64[1] {4}\n  const size = int64[1] {16}\n  const width = int64[1] {64}\n")
                .append("  const w = float32[64, 64] splat 4096 hex \"0000803c\"\n")
                .append("  const scale = float32[64] splat 64 hex \"0000803f\"\n")
                .append("  const root = float32[] {4.0}\n");
        int made = 0;
        int layer = 0;
        for (; made < nodes; layer++) {
            made += layer(t, layer);
        }
        t.append("  y = Identity(x").append(layer).append(")\n}\n");
        Path file = folder.resolve("transformer-" + nodes + ".onnx");
        Formats.export(GraphText.parse(t.toString()), file, JobContext.quiet());
        return file;
    }

    private static int layer(StringBuilder t, int l) {
        String[] lines = {
            "n@ = LayerNormalization(x@, scale)",
            "q@ = MatMul(n@, w)",
            "k@ = MatMul(n@, w)",
            "v@ = MatMul(n@, w)",
            "s@ = Shape(x@)",
            "b@ = Gather(s@, zero)",
            "bu@ = Unsqueeze(b@, first)",
            "t@ = Gather(s@, one)",
            "tu@ = Unsqueeze(t@, first)",
            "h@ = Concat(bu@, tu@, heads, size) {axis = 0}",
            "qr@ = Reshape(q@, h@)",
            "kr@ = Reshape(k@, h@)",
            "vr@ = Reshape(v@, h@)",
            "qt@ = Transpose(qr@) {perm = [0, 2, 1, 3]}",
            "kt@ = Transpose(kr@) {perm = [0, 2, 3, 1]}",
            "vt@ = Transpose(vr@) {perm = [0, 2, 1, 3]}",
            "a@ = MatMul(qt@, kt@)",
            "d@ = Div(a@, root)",
            "p@ = Softmax(d@) {axis = -1}",
            "c@ = MatMul(p@, vt@)",
            "ct@ = Transpose(c@) {perm = [0, 2, 1, 3]}",
            "f@ = Concat(bu@, tu@, width) {axis = 0}",
            "cr@ = Reshape(ct@, f@)",
            "o@ = MatMul(cr@, w)",
            "r@ = Add(o@, x@)",
            "m@ = LayerNormalization(r@, scale)",
            "g@ = MatMul(m@, w)",
            "e@ = Relu(g@)",
            "u@ = MatMul(e@, w)",
        };
        for (String line : lines) {
            t.append("  ")
                    .append(line.replace("@", String.valueOf(l)))
                    .append(" as layer.")
                    .append(l)
                    .append('\n');
        }
        t.append("  x")
                .append(l + 1)
                .append(" = Add(u")
                .append(l)
                .append(", r")
                .append(l)
                .append(")\n");
        return lines.length + 1;
    }

    /// A chain of Adds over weights of 64 MiB each that lie in one file beside it, which takes no room on the disk.
    static Path withExternalData(Path folder, long bytes) throws IOException {
        try (RandomAccessFile weights =
                new RandomAccessFile(folder.resolve("weights.bin").toFile(), "rw")) {
            weights.setLength(bytes);
        }
        ByteArrayOutputStream graph = new ByteArrayOutputStream();
        int count = Math.toIntExact(bytes / TENSOR_BYTES);
        for (int i = 0; i < count; i++) {
            ByteArrayOutputStream node = new ByteArrayOutputStream();
            text(node, 1, "x" + i);
            text(node, 1, "w" + i);
            text(node, 2, "x" + (i + 1));
            text(node, 4, "Add");
            message(graph, 1, node);
        }
        text(graph, 2, "chain");
        for (int i = 0; i < count; i++) {
            ByteArrayOutputStream tensor = new ByteArrayOutputStream();
            number(tensor, 1, TENSOR_BYTES / 4 / WIDTH);
            number(tensor, 1, WIDTH);
            number(tensor, 2, 1);
            text(tensor, 8, "w" + i);
            entry(tensor, "location", "weights.bin");
            entry(tensor, "offset", String.valueOf(i * TENSOR_BYTES));
            entry(tensor, "length", String.valueOf(TENSOR_BYTES));
            number(tensor, 14, 1);
            message(graph, 5, tensor);
        }
        message(graph, 11, value("x0"));
        message(graph, 12, value("x" + count));
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        number(model, 1, 8);
        message(model, 7, graph);
        ByteArrayOutputStream opset = new ByteArrayOutputStream();
        number(opset, 2, 17);
        message(model, 8, opset);
        return Files.write(folder.resolve("external.onnx"), model.toByteArray());
    }

    private static ByteArrayOutputStream value(String name) {
        ByteArrayOutputStream shape = new ByteArrayOutputStream();
        for (long d : new long[] {TENSOR_BYTES / 4 / WIDTH, WIDTH}) {
            ByteArrayOutputStream dim = new ByteArrayOutputStream();
            number(dim, 1, d);
            message(shape, 1, dim);
        }
        ByteArrayOutputStream tensor = new ByteArrayOutputStream();
        number(tensor, 1, 1);
        message(tensor, 2, shape);
        ByteArrayOutputStream type = new ByteArrayOutputStream();
        message(type, 1, tensor);
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        text(value, 1, name);
        message(value, 2, type);
        return value;
    }

    private static void entry(ByteArrayOutputStream to, String key, String content) {
        ByteArrayOutputStream e = new ByteArrayOutputStream();
        text(e, 1, key);
        text(e, 2, content);
        message(to, 13, e);
    }

    private static void message(ByteArrayOutputStream to, int field, ByteArrayOutputStream content) {
        bytes(to, field, content.toByteArray());
    }

    private static void text(ByteArrayOutputStream to, int field, String content) {
        bytes(to, field, content.getBytes(StandardCharsets.UTF_8));
    }

    private static void bytes(ByteArrayOutputStream to, int field, byte[] content) {
        varint(to, field << 3 | 2);
        varint(to, content.length);
        to.writeBytes(content);
    }

    private static void number(ByteArrayOutputStream to, int field, long value) {
        varint(to, field << 3);
        varint(to, value);
    }

    private static void varint(ByteArrayOutputStream to, long value) {
        long rest = value;
        for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
            to.write((int) (rest & 0x7F | 0x80));
        }
        to.write((int) rest);
    }
}
