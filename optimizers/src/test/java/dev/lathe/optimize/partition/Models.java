package dev.lathe.optimize.partition;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.Node;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/// Models and devices that the tests of splitting share.
final class Models {
    private Models() {}

    static Model parse(String ends, String body) throws LatheException {
        return GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph main " + ends + " {\n" + body + "\n}\n");
    }

    static Analysis analysis(Model model) {
        return Analysis.of(model, DimBindings.NONE, JobContext.quiet());
    }

    static List<Device> cores(int count) {
        List<Device> devices = new ArrayList<>();
        int cores = Math.max(1, Runtime.getRuntime().availableProcessors());
        for (int i = 0; i < count; i++) {
            devices.add(new Device(
                    "cpu:" + i,
                    "core " + i % cores,
                    DeviceKind.CPU_GROUP,
                    List.of(i % cores),
                    OptionalLong.empty(),
                    List.of()));
        }
        return devices;
    }

    static Path minilm(Path folder) throws IOException {
        Path file = folder.resolve("minilm.onnx");
        try (InputStream in = Models.class.getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            Files.copy(in, file);
        }
        return file;
    }

    static Node named(Model model, String output) {
        return model.graph()
                .producer(model.graph().valueNamed(output).orElseThrow().id())
                .orElseThrow();
    }

    /// The folder of real models, on machines that have it.
    static Optional<Path> shared() {
        return Stream.of(
                        Optional.ofNullable(System.getenv("LATHE_SHARED")).map(Path::of),
                        Optional.of(Path.of("../shared")),
                        Optional.of(Path.of("../../shared")),
                        Optional.of(Path.of("../../../shared")))
                .flatMap(Optional::stream)
                .map(p -> p.resolve("models/onnx"))
                .filter(Files::isDirectory)
                .findFirst();
    }
}
