package dev.lathe.profile.placed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A model that was split, as a file beside its stages says it: the file of the whole model with its size, the names of
/// the whole's outputs, and the stages in the order in which they run.
public record PlacedModel(Path whole, long wholeBytes, List<String> outputs, List<Stage> stages) {
    /// What such a file's name ends with.
    public static final String SUFFIX = ".placed.json";
    /// What [Model#format] says of one.
    public static final String FORMAT = "placed model";

    private static final String KIND = "lathe-placed";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public PlacedModel {
        outputs = List.copyOf(outputs);
        stages = List.copyOf(stages);
    }

    /// A stage's file, and the id of the device that it is for.
    public record Stage(Path file, String device) {}

    /// Of the model in `whole` with these stages.
    ///
    /// @throws LatheException when that file cannot be looked at
    public static PlacedModel of(Path whole, Model model, List<Stage> stages) throws LatheException {
        List<String> outputs =
                model.graph().outputs().stream().map(model.graph()::nameOf).toList();
        return new PlacedModel(whole.toAbsolutePath().normalize(), size(whole), outputs, stages);
    }

    /// Stages beside the file are named by their names alone, so that the folder can be moved.
    public void write(Path file) throws LatheException {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("kind", KIND);
        root.put("model", whole.toString());
        root.put("modelBytes", wholeBytes);
        outputs.forEach(root.putArray("outputs")::add);
        var list = root.putArray("stages");
        for (Stage s : stages) {
            list.addObject().put("file", String.valueOf(s.file().getFileName())).put("device", s.device());
        }
        try {
            Files.writeString(file, MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error(
                            FileReason.codeOfWriting(e),
                            "it cannot be written: " + FileReason.of(e) + ".",
                            Place.file(file)),
                    e);
        }
    }

    /// @throws LatheException when it cannot be read, or is something else
    public static PlacedModel read(Path file) throws LatheException {
        JsonNode root;
        try {
            root = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw other(file);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(file)),
                    e);
        }
        if (!root.path("kind").asText().equals(KIND) || root.path("stages").isEmpty()) {
            throw other(file);
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
        List<Stage> stages = new ArrayList<>();
        for (JsonNode s : root.path("stages")) {
            stages.add(new Stage(
                    folder.resolve(s.path("file").asText()), s.path("device").asText()));
        }
        List<String> outputs = new ArrayList<>();
        root.path("outputs").forEach(o -> outputs.add(o.asText()));
        return new PlacedModel(
                Path.of(root.path("model").asText()), root.path("modelBytes").asLong(), outputs, stages);
    }

    /// The whole model's graph with this file as its source: what is measured, and by which layers it is known.
    ///
    /// @throws LatheException when it is no placed model, or the whole is gone or was changed
    public static Model open(Path file, JobContext job) throws LatheException {
        PlacedModel placed = read(file);
        if (!Files.exists(placed.whole()) || size(placed.whole()) != placed.wholeBytes()) {
            throw new LatheException(Diagnostic.error(
                            "placed-model-changed",
                            "the model that was split, " + placed.whole() + ", is gone or was changed since.",
                            Place.file(file))
                    .withRemedy("Split it again."));
        }
        Model whole = Formats.open(placed.whole(), job);
        return new Model(
                FORMAT,
                Optional.of(file),
                whole.irVersion(),
                whole.opsets(),
                whole.producerName(),
                whole.producerVersion(),
                whole.domain(),
                whole.modelVersion(),
                whole.doc(),
                whole.metadata(),
                whole.graph(),
                whole.functions(),
                whole.extra());
    }

    private static long size(Path file) throws LatheException {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new LatheException(
                    Diagnostic.error("cannot-read", "it cannot be read: " + FileReason.of(e) + ".", Place.file(file)),
                    e);
        }
    }

    private static LatheException other(Path file) {
        return new LatheException(Diagnostic.error(
                        "engine-refused",
                        "it is no placed model, and engine " + SeveralEngine.ID + " runs nothing else.",
                        Place.file(file))
                .withRemedy("'lathe split MODEL --devices … -o DIR' writes one, DIR/MODEL" + SUFFIX + "."));
    }
}
