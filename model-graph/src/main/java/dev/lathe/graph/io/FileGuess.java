package dev.lathe.graph.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/// What a file that is no model we read seems to be, in words, from its first bytes.
final class FileGuess {
    /// Bytes at an offset that tell a kind of file.
    private record Mark(int offset, String bytes, String words) {}

    private static final List<Mark> MARKS = List.of(
            new Mark(
                    0, "version https://git-lfs", "a Git LFS pointer: the model itself was not fetched (git lfs pull)"),
            new Mark(0, "PK\u0003\u0004", "a ZIP archive (PyTorch and Keras models are such)"),
            new Mark(0, "\u0089HDF", "an HDF5 file (older Keras models are such)"),
            new Mark(0, "\u0008\u0001\u0012", "a TensorFlow SavedModel"),
            new Mark(0, "GGUF", "a GGUF language model"),
            new Mark(4, "TFL3", "a TensorFlow Lite model"),
            new Mark(4, "ORTM", "a model in ONNX Runtime's own ORT format"),
            new Mark(8, "{\"", "a safetensors file: weights without a graph"),
            new Mark(0, "\u0080\u0002", "a Python pickle (old PyTorch checkpoints are such)"),
            new Mark(0, "\u0093NUMPY", "a NumPy array"),
            new Mark(0, "\u001f\u008b", "a gzip archive: unpack it first"),
            new Mark(0, "7z\u00bc\u00af", "a 7-Zip archive: unpack it first"),
            new Mark(0, "%PDF", "a PDF document"),
            new Mark(0, "\u0089PNG", "a PNG picture"),
            new Mark(0, "\u00ff\u00d8\u00ff", "a JPEG picture"),
            new Mark(0, "\u007fELF", "a Linux program or library"));

    private FileGuess() {}

    static String of(MemorySegment head) {
        byte[] bytes = head.asSlice(0, Math.min(4096, head.byteSize())).toArray(ValueLayout.JAVA_BYTE);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        for (Mark m : MARKS) {
            if (latin.startsWith(m.bytes, m.offset)) {
                return m.words;
            }
        }
        boolean text = latin.chars().allMatch(c -> c >= 32 && c != 127 || c >= 9 && c <= 13);
        if (!text) {
            boolean blank = latin.chars().allMatch(c -> c == 0);
            return blank
                    ? "nothing but zero bytes (a download that reserved its space and stopped?)"
                    : "binary data of an unknown kind";
        }
        String start = latin.strip().toLowerCase(Locale.ROOT);
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            return "a web page (a download that needed a login?)";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON text";
        }
        return start.startsWith("<?xml") ? "XML text" : "plain text";
    }
}
