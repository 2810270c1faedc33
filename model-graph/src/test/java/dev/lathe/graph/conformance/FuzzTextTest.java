package dev.lathe.graph.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import dev.lathe.graph.Model;
import dev.lathe.graph.io.Formats;
import dev.lathe.graph.io.Samples;
import dev.lathe.graph.text.GraphText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged graph texts, as [FuzzTest] does it with files: models printed as text, with words and numbers changed. All
/// 50,000 with `-Pconformance`, a sixteenth of them otherwise.
class FuzzTextTest {
    private static final int ALL = 50_000;
    private static final long SEED = 20_261_122;
    private static final int LARGEST_ORIGINAL = 16 * 1024;
    private static final Pattern WORD = Pattern.compile("\"[^\"\n]*\"|[\\w.:-]+|\\s+|.");
    private static final List<String> ODD = List.of(
            "0",
            "-1",
            "3",
            "2147483648",
            "9223372036854775807",
            "-9223372036854775808",
            "90000000000",
            "nan",
            "inf",
            "1e400",
            "\"\"",
            "\"zz\"",
            "?",
            "...",
            "_",
            "#7",
            "elided 5",
            "missing 3 \"gone\"",
            "splat 7 hex \"00\"",
            "hex \"0\"",
            "seq(",
            "[",
            "]",
            "{",
            "}",
            "(",
            ")",
            "graph g",
            "float32",
            "int4",
            "string",
            "ref k 2");

    @TempDir
    Path folder;

    @Test
    void damagedTextsAreReadOrRefusedAtLittleCost() throws IOException, LatheException {
        List<List<String>> originals = originals();
        SplittableRandom random = new SplittableRandom(SEED);
        Trial trial = new Trial(folder.resolve("again.onnx"));
        int count = ALL / Integer.getInteger("lathe.conformance", 16);
        for (int i = 0; i < count && !trial.isEnough(); i++) {
            String text = damage(originals, random);
            trial.of(() -> GraphText.parse(text), text.length(), text);
        }
        assertThat(trial.wrong()).isEmpty();
        assertThat(trial.read()).isGreaterThan(count / 20);
    }

    /// As words; each text is read again as it is.
    private List<List<String>> originals() throws IOException, LatheException {
        List<String> texts = new ArrayList<>();
        for (String name : Samples.NAMES) {
            texts.add(GraphText.print(Samples.model(name), 8));
        }
        for (Path file : StandardTestData.installed()) {
            if (Files.size(file) <= LARGEST_ORIGINAL) {
                Model model = Formats.open(file, JobContext.quiet());
                texts.add(GraphText.print(model, 8));
            }
        }
        List<List<String>> words = new ArrayList<>();
        for (String text : texts) {
            assertThat(GraphText.parse(text)).isNotNull();
            words.add(WORD.matcher(text).results().map(MatchResult::group).toList());
        }
        return words;
    }

    /// One to three changes: a word or a few left out, doubled, put in from another text, or another in its place.
    private static String damage(List<List<String>> originals, SplittableRandom random) {
        List<String> words = new ArrayList<>(originals.get(random.nextInt(originals.size())));
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes && !words.isEmpty(); i++) {
            int at = random.nextInt(words.size());
            int to = Math.min(words.size(), at + 1 + random.nextInt(12));
            List<String> other = originals.get(random.nextInt(originals.size()));
            switch (random.nextInt(6)) {
                case 0 -> words.remove(at);
                case 1 -> words.subList(at, to).clear();
                case 2 -> words.addAll(at, List.copyOf(words.subList(at, to)));
                case 3 -> words.set(at, other.get(random.nextInt(other.size())));
                case 4 -> words.add(at, ODD.get(random.nextInt(ODD.size())));
                default -> words.set(number(words, at), ODD.get(random.nextInt(ODD.size())));
            }
        }
        return String.join("", words);
    }

    /// The next number, where there is one.
    private static int number(List<String> words, int from) {
        for (int i = from; i < words.size(); i++) {
            if (words.get(i).matches("-?\\d+(\\.\\d+)?")) {
                return i;
            }
        }
        return from;
    }
}
