package dev.lathe.graph.conformance;

import dev.lathe.graph.DType;
import dev.lathe.graph.Dim;
import dev.lathe.graph.Shape;
import dev.lathe.graph.ValueType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/// The shape inference of the standard's own Python package, run beside ours.
///
/// @param version of the package
/// @param copies of every model two: with the types that its file declares, and without
record StandardInference(String version, List<Copy> copies) {
    private static final String SCRIPT = "standard_inference.py";

    /// @param source the model
    /// @param kind `as-is` or `bare`
    /// @param file the copy that was inferred
    /// @param types by place: the name of a value after what leads into its graph
    /// @param failure why there are none
    record Copy(Path source, String kind, Path file, Map<String, ValueType> types, Optional<String> failure) {}

    /// Infers all models; the calling test is skipped where the package is not installed.
    static StandardInference of(List<Path> models, Path folder) throws IOException, InterruptedException {
        Optional<String> python = python();
        Assumptions.assumeTrue(
                python.isPresent(),
                "the standard's own inference is not on this machine (Debian: apt-get install python3-onnx)");
        Path script = folder.resolve(SCRIPT);
        try (InputStream in = StandardInference.class.getResourceAsStream(SCRIPT)) {
            Files.copy(in, script);
        }
        Path out = folder.resolve("types.tsv");
        Process process = new ProcessBuilder(python.get(), script.toString(), folder.toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(models.stream()
                    .map(Path::toString)
                    .collect(Collectors.joining("\n"))
                    .getBytes(StandardCharsets.UTF_8));
        }
        if (process.waitFor() != 0) {
            throw new IOException(SCRIPT + " ended with " + process.exitValue());
        }
        return read(out, models, folder);
    }

    private static StandardInference read(Path tsv, List<Path> models, Path folder) throws IOException {
        Map<String, Copy> copies = new LinkedHashMap<>();
        for (int i = 0; i < models.size(); i++) {
            for (String kind : List.of("as-is", "bare")) {
                Path file = folder.resolve(i + "." + kind + ".onnx");
                copies.put(i + kind, new Copy(models.get(i), kind, file, new LinkedHashMap<>(), Optional.empty()));
            }
        }
        try (BufferedReader lines = Files.newBufferedReader(tsv)) {
            String version = lines.readLine().split("\t")[1];
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] cells = line.split("\t", 4);
                Copy copy = copies.get(cells[0] + cells[1]);
                if (cells[2].equals("!")) {
                    Optional<String> why = Optional.of(cells[3]);
                    copies.put(cells[0] + cells[1], new Copy(copy.source(), copy.kind(), copy.file(), Map.of(), why));
                } else {
                    copy.types().put(cells[2], type(cells[3]));
                }
            }
            return new StandardInference(version, List.copyOf(copies.values()));
        }
    }

    private static ValueType type(String text) {
        if (text.startsWith("seq(")) {
            return new ValueType.SequenceType(type(text.substring(4, text.length() - 1)));
        }
        if (text.startsWith("optional(")) {
            return new ValueType.OptionalType(type(text.substring(9, text.length() - 1)));
        }
        int bracket = text.indexOf('[');
        if (bracket < 0) {
            return ValueType.unknown();
        }
        String dims = text.substring(bracket + 1, text.length() - 1);
        return new ValueType.TensorType(DType.ofText(text.substring(0, bracket)), shape(dims));
    }

    private static Shape shape(String dims) {
        if (dims.equals("...")) {
            return Shape.unranked();
        }
        List<Dim> out = new ArrayList<>();
        if (!dims.isEmpty()) {
            Arrays.stream(dims.split(","))
                    // A negative number is what some exporters write for an extent that they leave open.
                    .map(d -> d.equals("?") || d.startsWith("-") ? Dim.unknown() : Dim.of(Long.parseLong(d)))
                    .forEach(out::add);
        }
        return Shape.of(out);
    }

    /// The interpreter that has the package: the system's own first, where Debian's package goes.
    private static Optional<String> python() throws IOException, InterruptedException {
        List<String> candidates = new ArrayList<>(List.of("/usr/bin/python3", "python3"));
        Optional.ofNullable(System.getenv("LATHE_PYTHON")).ifPresent(candidates::addFirst);
        for (String python : candidates) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import onnx")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                process.getOutputStream().close();
                if (process.waitFor() == 0) {
                    return Optional.of(python);
                }
            } catch (IOException absent) {
                continue;
            }
        }
        return Optional.empty();
    }
}
