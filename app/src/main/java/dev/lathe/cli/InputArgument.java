package dev.lathe.cli;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.ValueType;
import dev.lathe.graph.io.Formats;
import dev.lathe.profile.engine.djl.PyTorchEngine;
import dev.lathe.profile.engine.djl.TorchScriptArchive;
import dev.lathe.profile.placed.PlacedModel;
import dev.lathe.profile.placed.SeveralEngine;
import dev.lathe.profile.torchscript.InputTypes;
import dev.lathe.profile.torchscript.TorchScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// `--input` of `lathe run`: what a program is given whose file does not say it.
final class InputArgument {
    private static final String EXAMPLE = "--input 'float32[batch,3,224,224]' --input 'int64[batch]'";

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
        return InputTypes.one(text)
                .orElseThrow(() -> TargetOptions.wrong(
                        "--input",
                        "'" + text + "' is no element type with sizes, such as " + InputTypes.EXAMPLE
                                + " or int64[]."));
    }
}
