package dev.lathe.profile.ceiling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.CacheFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The ceilings that were measured on this machine, one small JSON file for each device. What is damaged, of another
/// processor, engine version or format, counts as not there: measuring again takes seconds.
public final class CeilingFiles {
    private static final int FORMAT = 1;

    private final Path folder;

    /// @param folder made when something is written
    public CeilingFiles(Path folder) {
        this.folder = folder;
    }

    public static CeilingFiles ofThisUser() {
        return new CeilingFiles(CacheFolder.ofThisUser().resolve("ceilings"));
    }

    /// Those that were measured in this very setup.
    public Optional<Ceilings> find(CeilingSetup setup) {
        Path file = file(setup);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try {
            Ceilings read = read(new ObjectMapper().readTree(Files.readString(file)));
            return read.setup().equals(setup) ? Optional.of(read) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// In place of those that were there: whole, or not at all.
    public void write(Ceilings ceilings) throws IOException {
        Files.createDirectories(folder);
        Path part = Files.createTempFile(folder, ".ceilings", ".part");
        try {
            Files.writeString(part, new ObjectMapper().writeValueAsString(json(ceilings)));
            Files.move(part, file(ceilings.setup()), StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// A colon has a meaning of its own in names of files on Windows.
    private Path file(CeilingSetup setup) {
        String name = setup.device() + "-" + setup.threads() + "-" + setup.engine();
        return folder.resolve(name.replaceAll("[^A-Za-z0-9-]", "_") + ".json");
    }

    private static ObjectNode json(Ceilings c) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("format", FORMAT);
        root.put("device", c.setup().device());
        root.put("deviceName", c.setup().deviceName());
        c.setup().cores().forEach(root.putArray("cores")::add);
        root.put("threads", c.setup().threads());
        root.put("engine", c.setup().engine());
        root.put("engineVersion", c.setup().engineVersion());
        root.put("when", c.when().toString());
        write(c.memoryBandwidth(), root.putObject("memoryBandwidth"));
        ObjectNode matrix = root.putObject("matrix");
        c.matrix().forEach((dtype, ceiling) -> write(ceiling, matrix.putObject(dtype.text())));
        return root;
    }

    private static void write(Ceiling ceiling, ObjectNode to) {
        switch (ceiling) {
            case Ceiling.Reached r -> {
                to.put("best", r.best().value());
                to.put("median", r.median().value());
                to.put("unit", r.best().unit().symbol());
                to.put("runs", r.runs());
            }
            case Ceiling.NotMeasurable n -> to.put("notMeasurable", n.why());
        }
    }

    private static Ceilings read(JsonNode root) {
        if (root.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException("another format");
        }
        List<Integer> cores = new ArrayList<>();
        root.path("cores").forEach(c -> cores.add(c.asInt()));
        Map<DType, Ceiling> matrix = new EnumMap<>(DType.class);
        root.path("matrix")
                .properties()
                .forEach(e ->
                        matrix.put(DType.ofText(e.getKey()).orElseThrow(CeilingFiles::damaged), ceiling(e.getValue())));
        return new Ceilings(
                new CeilingSetup(
                        text(root, "device"),
                        text(root, "deviceName"),
                        cores,
                        root.path("threads").asInt(),
                        text(root, "engine"),
                        text(root, "engineVersion")),
                Instant.parse(text(root, "when")),
                ceiling(root.path("memoryBandwidth")),
                matrix);
    }

    private static Ceiling ceiling(JsonNode node) {
        if (node.path("notMeasurable").isTextual()) {
            return new Ceiling.NotMeasurable(text(node, "notMeasurable"));
        }
        String symbol = text(node, "unit");
        Unit unit = Arrays.stream(Unit.values())
                .filter(u -> u.symbol().equals(symbol))
                .findFirst()
                .orElseThrow(CeilingFiles::damaged);
        return new Ceiling.Reached(
                Quantity.of(positive(node, "best"), unit), Quantity.of(positive(node, "median"), unit), (int)
                        positive(node, "runs"));
    }

    private static String text(JsonNode node, String key) {
        if (!node.path(key).isTextual()) {
            throw damaged();
        }
        return node.path(key).asText();
    }

    private static double positive(JsonNode node, String key) {
        double value = node.path(key).asDouble();
        if (!(value > 0) || Double.isInfinite(value)) {
            throw damaged();
        }
        return value;
    }

    private static IllegalArgumentException damaged() {
        return new IllegalArgumentException("not as it was written");
    }
}
