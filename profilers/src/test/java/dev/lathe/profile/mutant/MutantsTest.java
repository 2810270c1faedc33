package dev.lathe.profile.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.core.Place;
import dev.lathe.core.Severity;
import dev.lathe.graph.Model;
import dev.lathe.graph.analyze.Analysis;
import dev.lathe.graph.analyze.DimBindings;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.verify.Verifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The standard's own test models with one thing changed: what ONNX Runtime does not load must not be called valid, and
/// what it runs must not be called wrong. Where we differ all the same is listed with the reason in
/// `mutants.exceptions`, by operator and what was changed.
///
/// Twenty mutants of each model with `-Pconformance`; of every sixteenth model otherwise. `-Dlathe.mutants=N` and
/// `-Dlathe.mutants.seed=N` try others, `-Dlathe.mutants.keep=FOLDER` keeps those on which we differ.
class MutantsTest {
    private static final long SEED = Long.getLong("lathe.mutants.seed", 20_261_121);
    private static final int EACH = Integer.getInteger("lathe.mutants", 20);
    private static final int LARGEST = 64 * 1024;
    private static final int FEW = 20;
    private static final int ONE_IN_BRANCH = Integer.getInteger("lathe.mutants.branch", 5);
    private static final long IR_WITH_CONSTANTS_APART = 4;
    private static final Path DEBIAN = Path.of("/usr/share/libonnx-testdata/data");

    /// What ONNX Runtime says where it has no kernel, or does not know the version yet, or stumbles over nodes that it
    /// put in itself: nothing about the model.
    private static final Pattern ITS_OWN = Pattern.compile("NOT_IMPLEMENTED|Could not find an implementation"
            + "|under development|is not a registered function/op|MLDataType for|Failed to construct locale"
            + "|InsertedPrecisionFreeCast|\\(Reorder(In|Out)put\\)"
            + "|" + Loading.DIED + "|" + Loading.TOO_LONG);

    private static final Pattern OPERATOR = Pattern.compile("Node \\([^)]*\\) Op \\((\\w+)\\)");

    private enum Outcome {
        BOTH_TAKE,
        BOTH_REFUSE,
        /// It loads there, and does not run.
        WE_REFUSE_WHAT_DOES_NOT_RUN,
        ONLY_ORT_REFUSES,
        ONLY_WE_REFUSE,
        SAYS_NOTHING
    }

    /// @param operator of the node where it was found
    private record Refusal(String operator, String words) {}

    @TempDir
    private Path folder;

    private final Map<Outcome, Integer> found = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Integer> listed = new EnumMap<>(Outcome.class);
    private final List<String> unexpected = new ArrayList<>();
    private int tried;
    private int loaded;

    @Test
    void whatOnnxRuntimeDoesNotLoadIsNotCalledValidAndWhatItRunsIsNotCalledWrong() throws IOException {
        int step = Integer.getInteger("lathe.conformance", 16);
        KnownDifferences known = new KnownDifferences();
        List<Path> models = models();
        try (Loading runtime = new Loading()) {
            for (int i = 0; i < models.size(); i += step) {
                mutants(runtime, known, models.get(i));
            }
        }
        System.out.print(table());
        comparedEnough();
        assertThat(unexpected).isEmpty();
        if (step == 1) {
            assertThat(known.notNeeded(!folder().equals(DEBIAN)))
                    .as("exceptions that are not needed")
                    .isEmpty();
        }
        int refused = count(Outcome.BOTH_REFUSE) + count(Outcome.ONLY_ORT_REFUSES);
        assertThat(count(Outcome.BOTH_REFUSE)).isGreaterThanOrEqualTo(refused * 99 / 100);
    }

    /// A runtime that cannot start differs from us in nothing.
    private void comparedEnough() {
        int mutants = found.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(loaded).as("models loaded of %d", tried).isGreaterThanOrEqualTo(tried * 3 / 4);
        assertThat(mutants).as("mutants").isPositive();
        assertThat(count(Outcome.BOTH_TAKE)).as("taken by both").isGreaterThan(mutants / 10);
        assertThat(count(Outcome.BOTH_REFUSE)).as("refused by both").isGreaterThan(mutants / 10);
        assertThat(count(Outcome.SAYS_NOTHING)).as("left out").isLessThanOrEqualTo(Math.max(2, mutants / 50));
    }

    private void mutants(Loading runtime, KnownDifferences known, Path file) throws IOException {
        ModelPart original = ModelPart.parseFrom(Files.readAllBytes(file));
        String name = folder().relativize(file.getParent()).toString();
        runtime.begin(file);
        tried++;
        boolean refused = !runtime.refusal().isEmpty();
        loaded += refused ? 0 : 1;
        if (refused || original.getGraph().getNodeCount() == 0) {
            return;
        }
        ModelPart filled = withStored(original, file);
        SplittableRandom seeds = new SplittableRandom(SEED ^ name.hashCode());
        for (int i = 0; i < EACH; i++) {
            ModelPart before = seeds.nextBoolean() ? filled : original;
            Optional<Mutator.Mutant> mutant = new Mutator(seeds.nextLong()).mutate(before);
            boolean inBranch = seeds.nextInt(ONE_IN_BRANCH) == 0;
            if (mutant.isPresent()) {
                one(runtime, known, name + " " + i, inBranch ? mutant.get().inBranch(before) : mutant.get());
            }
        }
    }

    private void one(Loading runtime, KnownDifferences known, String name, Mutator.Mutant mutant) throws IOException {
        Path file = folder.resolve("mutant.onnx");
        Files.write(file, mutant.model().toByteArray());
        runtime.begin(file);
        Optional<Refusal> ours = ours(file, mutant);
        String answer = runtime.refusal();
        Optional<Refusal> theirs = theirs(answer, mutant);
        Outcome outcome = ITS_OWN.matcher(answer).find() ? Outcome.SAYS_NOTHING : outcome(ours, theirs);
        if (outcome == Outcome.ONLY_WE_REFUSE && !runtime.runs(file)) {
            outcome = Outcome.WE_REFUSE_WHAT_DOES_NOT_RUN;
        }
        found.merge(outcome, 1, Integer::sum);
        if (outcome == Outcome.ONLY_ORT_REFUSES || outcome == Outcome.ONLY_WE_REFUSE) {
            Refusal refusal = ours.or(() -> theirs).orElseThrow();
            if (known.has(outcome.name(), refusal.operator(), mutant.kind())) {
                listed.merge(outcome, 1, Integer::sum);
            } else {
                unexpected.add(outcome + " | " + refusal.operator() + " | " + mutant.kind() + " | " + mutant.change()
                        + " | " + name + " | " + refusal.words());
                keep(file, name);
            }
        }
    }

    private static void keep(Path mutant, String name) throws IOException {
        String keep = System.getProperty("lathe.mutants.keep");
        if (keep != null) {
            Files.write(Path.of(keep, name.replaceAll("\\W", "_") + ".onnx"), Files.readAllBytes(mutant));
        }
    }

    private static Outcome outcome(Optional<Refusal> ours, Optional<Refusal> theirs) {
        if (theirs.isEmpty()) {
            return ours.isPresent() ? Outcome.ONLY_WE_REFUSE : Outcome.BOTH_TAKE;
        }
        return ours.isPresent() ? Outcome.BOTH_REFUSE : Outcome.ONLY_ORT_REFUSES;
    }

    /// The first error that `lathe inspect --verify` would tell.
    private static Optional<Refusal> ours(Path file, Mutator.Mutant mutant) {
        try {
            Model model = Formats.open(file, JobContext.quiet());
            Analysis analysis = Analysis.of(model, DimBindings.NONE, JobContext.quiet());
            return Verifier.of(analysis, JobContext.quiet()).stream()
                    .filter(d -> d.severity() == Severity.ERROR)
                    .map(d -> refusal(d, mutant))
                    .findFirst();
        } catch (LatheException refused) {
            return Optional.of(refusal(refused.diagnostic(), mutant));
        }
    }

    private static Refusal refusal(Diagnostic d, Mutator.Mutant mutant) {
        return new Refusal(d.place() instanceof Place.AtNode(String n, String op) ? op : mutant.operator(), d.line());
    }

    private static Optional<Refusal> theirs(String answer, Mutator.Mutant mutant) {
        String operator = mutant.operator();
        for (Matcher m = OPERATOR.matcher(answer); m.find(); ) {
            operator = m.group(1);
        }
        return answer.isEmpty() ? Optional.empty() : Optional.of(new Refusal(operator, answer));
    }

    private int count(Outcome outcome) {
        return found.getOrDefault(outcome, 0);
    }

    private String table() {
        return """
                | mutants of the standard's test models | |
                |---|---|
                | mutants | %,d |
                | ONNX Runtime and Lathe take them | %,d |
                | both refuse them | %,d |
                | only Lathe, and they do not run | %,d |
                | only ONNX Runtime refuses them (listed: %,d) | %,d |
                | only Lathe refuses them (listed: %,d) | %,d |
                | left out: no kernel, its own limits | %,d |
                """.formatted(
                        found.values().stream().mapToInt(Integer::intValue).sum(),
                        count(Outcome.BOTH_TAKE),
                        count(Outcome.BOTH_REFUSE),
                        count(Outcome.WE_REFUSE_WHAT_DOES_NOT_RUN),
                        listed.getOrDefault(Outcome.ONLY_ORT_REFUSES, 0),
                        count(Outcome.ONLY_ORT_REFUSES),
                        listed.getOrDefault(Outcome.ONLY_WE_REFUSE, 0),
                        count(Outcome.ONLY_WE_REFUSE),
                        count(Outcome.SAYS_NOTHING));
    }

    /// Small stored inputs as weights, so that what they hold is known.
    private static ModelPart withStored(ModelPart model, Path file) throws IOException {
        ModelPart.Builder filled =
                model.toBuilder().setIrVersion(Math.max(model.getIrVersion(), IR_WITH_CONSTANTS_APART));
        GraphPart.Builder graph = filled.getGraphBuilder();
        List<ValuePart> inputs = List.copyOf(graph.getInputList());
        Set<String> weights = new HashSet<>();
        for (int i = 0; i < inputs.size(); i++) {
            Path data = file.resolveSibling("test_data_set_0/input_" + i + ".pb");
            TypePart type = inputs.get(i).getType();
            if (!type.hasTensorType() || !Files.exists(data)) {
                continue;
            }
            TensorPart stored = TensorPart.parseFrom(Files.readAllBytes(data));
            long elements = stored.getDimsList().stream().reduce(1L, (a, b) -> a * b);
            if (elements <= FEW && stored.getDataType() == type.getTensorType().getElemType()) {
                graph.addInitializer(stored.toBuilder().setName(inputs.get(i).getName()));
                weights.add(inputs.get(i).getName());
            }
        }
        graph.clearInput();
        inputs.stream().filter(v -> !weights.contains(v.getName())).forEach(graph::addInput);
        return filled.build();
    }

    private static List<Path> models() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(folder()),
                "the standard's test data is not on this machine (Debian: apt-get install libonnx-testdata)");
        List<Path> small = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path f : files.filter(f -> f.endsWith("model.onnx")).sorted().toList()) {
                if (Files.size(f) <= LARGEST) {
                    small.add(f);
                }
            }
        }
        return small;
    }

    private static Path folder() {
        String configured = System.getenv("LATHE_ONNX_TESTDATA");
        return configured == null ? DEBIAN : Path.of(configured);
    }
}
