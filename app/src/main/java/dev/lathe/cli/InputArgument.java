package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Graph;
import dev.lathe.graph.Model;
import dev.lathe.graph.Value;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.text.GraphText;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.engine.djl.TorchScriptArchive;
import dev.lathe.profile.placed.PlacedModel;
import dev.lathe.profile.placed.SeveralEngine;
import dev.lathe.profile.torchscript.TorchScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/// `--input` of `lathe run`: what a program is given whose file does not say it.
final class InputArgument {
    private static final String EXAMPLE = "--input 'float32[batch,3,224,224]' --input 'int64[batch]'";
    private static final Pattern TYPE = Pattern.compile("\\w+\\[[^\\[\\](){}\"]*\\]");

    @Option(
            names = "--input",
            paramLabel = "TYPE[SIZES]",
            description = "What a TorchScript file is given, which it does not say itself: element type and sizes, e.g."
                    + " 'float32[1,3,224,224]'; once for each input, in their order. A name instead of a number is a free"
                    + " dimension, for --dim and --sweep.")
    private List<String> given = new ArrayList<>();

    /// The model of a file, as far as this engine lets it be known.
    Model open(Path file, String engine, JobContext job) throws LatheException {
        if (!engine.equals(PyTorchEngine.ID)) {
            if (!given.isEmpty()) {
                throw TargetOptions.wrong(
                        "--input",
                        "is for TorchScript files (--engine " + PyTorchEngine.ID
                                + "); other models say themselves what they are given.");
            }
            if (!engine.equals(SeveralEngine.ID)
                    && String.valueOf(file.getFileName()).endsWith(PlacedModel.SUFFIX)) {
                throw TargetOptions.wrong("--engine", "a placed model runs with --engine " + SeveralEngine.ID + ".");
            }
            return engine.equals(SeveralEngine.ID) ? PlacedModel.open(file, job) : Formats.open(file, job);
        }
        TorchScriptArchive.check(file);
        if (given.isEmpty()) {
            throw TargetOptions.wrong(
                    "--input",
                    "a TorchScript file does not say what it is given: type and sizes of each input, in their order,"
                            + " e.g. " + EXAMPLE + ".");
        }
        List<ValueType> types = new ArrayList<>();
        for (String type : given) {
            types.add(type(type.strip()));
        }
        return TorchScript.of(file, types);
    }

    private static ValueType type(String text) throws LatheException {
        if (TYPE.matcher(text).matches()) {
            try {
                Graph graph = GraphText.parse("model \"ONNX\" ir=8\nopset \"\" 17\ngraph g (x: " + text + ") -> (y: "
                                + text + ") {\n y = Identity(x) as i\n}\n")
                        .graph();
                return graph.value(graph.inputs().getFirst())
                        .map(Value::declared)
                        .orElseThrow();
            } catch (LatheException e) {
                throw wrong(text);
            }
        }
        throw wrong(text);
    }

    private static LatheException wrong(String text) {
        return TargetOptions.wrong(
                "--input", "'" + text + "' is no element type with sizes, such as float32[1,3,224,224] or int64[].");
    }
}
