package dev.lathe.optimize;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lathe.core.Diagnostic;
import dev.lathe.core.FileReason;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/// A recipe as a JSON file: `{"latheRecipe": 1, "steps": [{"pass": NAME, "options": {NAME: VALUE}}]}`. Files that its
/// options name are told as seen from the folder that it lies in, so that both may move together.
public final class RecipeFile {
    private static final String MARK = "latheRecipe";
    private static final int VERSION = 1;

    private RecipeFile() {}

    /// @throws LatheException when the file cannot be read, is no recipe, is of a newer version, or names a
    ///     pass or an option that does not exist
    public static Recipe read(Path file) throws LatheException {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file));
        } catch (JsonProcessingException e) {
            throw failed(file, "recipe-not-json", "this is not JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw failed(file, "cannot-read", "the recipe cannot be read", e);
        }
        if (!root.path(MARK).isInt() || !root.path("steps").isArray()) {
            throw wrong(
                    file,
                    "not-a-recipe",
                    "this JSON file is not a recipe: it needs \"" + MARK + "\": " + VERSION + " and \"steps\".");
        }
        if (root.path(MARK).asInt() != VERSION) {
            throw wrong(
                    file,
                    "recipe-version",
                    "the recipe is of version " + root.path(MARK).asInt() + ", and this program reads version "
                            + VERSION + ".");
        }
        List<Recipe.Step> steps = new ArrayList<>();
        for (JsonNode s : root.path("steps")) {
            Recipe.Step step = step(file, steps.size() + 1, s);
            Pass pass = PassCatalog.require(step.pass());
            PassOptions.complete(pass.info(), step.options());
            steps.add(new Recipe.Step(step.pass(), pass.withFiles(step.options(), file::resolveSibling)));
        }
        return new Recipe(steps);
    }

    private static Recipe.Step step(Path file, int number, JsonNode node) throws LatheException {
        if (!node.path("pass").isTextual()) {
            throw wrong(file, "recipe-step", "step " + number + " does not name its pass.");
        }
        Map<String, String> options = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> o : node.path("options").properties()) {
            if (!o.getValue().isValueNode() || o.getValue().isNull()) {
                throw wrong(
                        file,
                        "recipe-step",
                        "option " + o.getKey() + " of step " + number + " is not a word, a number, true or false.");
            }
            options.put(o.getKey(), o.getValue().asText());
        }
        return new Recipe.Step(node.path("pass").asText(), options);
    }

    /// Writes beside the target and moves over it, so that an old recipe is whole or replaced.
    ///
    /// @throws LatheException when the folder cannot be written
    public static void write(Recipe recipe, Path file) throws LatheException {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling(target.getFileName() + ".part");
        try {
            try {
                Files.writeString(beside, print(seenFrom(target, recipe)));
                Files.move(beside, target, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw failed(
                    file,
                    FileReason.codeOfWriting(e),
                    "the recipe cannot be written (" + FileReason.of(e) + "); what was there before is unchanged",
                    e);
        }
    }

    /// The recipe with files told from where it will lie; those told in full stay so.
    private static Recipe seenFrom(Path target, Recipe recipe) {
        UnaryOperator<Path> where = p -> {
            Path full = p.toAbsolutePath();
            Path folder = target.getParent();
            // Drives have nothing in common.
            return p.isAbsolute() || folder == null || !Objects.equals(folder.getRoot(), full.getRoot())
                    ? full
                    : folder.relativize(full);
        };
        return new Recipe(recipe.steps().stream()
                .map(s -> PassCatalog.find(s.pass())
                        .map(p -> new Recipe.Step(s.pass(), p.withFiles(s.options(), where)))
                        .orElse(s))
                .toList());
    }

    /// The content of a recipe file.
    public static String print(Recipe recipe) {
        ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = json.createObjectNode().put(MARK, VERSION);
        var steps = root.putArray("steps");
        for (Recipe.Step s : recipe.steps()) {
            ObjectNode step = steps.addObject().put("pass", s.pass());
            ObjectNode options = step.putObject("options");
            s.options().forEach(options::put);
        }
        try {
            return json.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of strings is always JSON", e);
        }
    }

    private static LatheException wrong(Path file, String code, String message) {
        return new LatheException(Diagnostic.error(code, message, Place.file(file)));
    }

    private static LatheException failed(Path file, String code, String message, Exception cause) {
        return new LatheException(Diagnostic.error(code, message, Place.file(file)), cause);
    }
}
