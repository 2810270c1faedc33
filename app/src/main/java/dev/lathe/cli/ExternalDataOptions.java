package dev.lathe.cli;

import dev.lathe.core.ByteSize;
import dev.lathe.core.LatheException;
import dev.lathe.graph.io.WeightPlacement;
import dev.lathe.graph.io.WeightPlacement.Division;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where the weights of a model that is written are to lie.
final class ExternalDataOptions {
    private static final String HOW = "--external-data";
    private static final String THRESHOLD = "--external-threshold";

    @Option(
            names = HOW,
            paramLabel = "HOW",
            description = "Where weights go: keep (external ones in OUT.data, the default), inline (all into OUT), "
                    + "one-file (OUT.data), per-tensor, or a size such as 2GB: several files, none larger. "
                    + "Without --pass the model is only saved again.")
    private Optional<String> how = Optional.empty();

    @Option(
            names = THRESHOLD,
            paramLabel = "SIZE",
            description = "The smallest tensor that goes to a data file with one-file, per-tensor or a size (1024). "
                    + "What shapes are inferred from stays in OUT.")
    private Optional<String> threshold = Optional.empty();

    boolean isGiven() {
        return how.isPresent() || threshold.isPresent();
    }

    /// @throws LatheException when a word is none of those that exist, or the two do not go together
    WeightPlacement placement() throws LatheException {
        String word = how.orElse("keep").strip();
        if (word.equals("keep") || word.equals("inline")) {
            if (threshold.isPresent()) {
                throw TargetOptions.wrong(THRESHOLD, "it goes with " + HOW + " one-file, per-tensor or a size.");
            }
            return word.equals("keep") ? WeightPlacement.keep() : WeightPlacement.inline();
        }
        Division files = switch (word) {
            case "one-file" -> new Division.OneFile();
            case "per-tensor" -> new Division.PerTensor();
            default ->
                new Division.AtMost(ByteSize.of(word)
                        .filter(bytes -> bytes > 0)
                        .orElseThrow(() -> TargetOptions.wrong(
                                HOW,
                                "'" + word + "' is none of keep, inline, one-file, per-tensor, or a size such"
                                        + " as 500MB or 2GiB.")));
        };
        return new WeightPlacement.External(minimum(), files);
    }

    private long minimum() throws LatheException {
        if (threshold.isEmpty()) {
            return WeightPlacement.USUAL_MINIMUM;
        }
        return ByteSize.of(threshold.get())
                .orElseThrow(() ->
                        TargetOptions.wrong(THRESHOLD, "'" + threshold.get() + "' is no size; 1024, 64KiB or 1MB is."));
    }
}
