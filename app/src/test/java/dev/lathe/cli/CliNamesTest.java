package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A name that does not exist is answered with those that do, and with exit code 2.
class CliNamesTest {
    @TempDir
    Path folder;

    private Path model;

    @BeforeEach
    void aModel() throws IOException {
        model = folder.resolve("mnist.onnx");
        try (InputStream in = getClass().getResourceAsStream("/dev/lathe/assets/samples/mnist-cnn.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, model);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--pass nosuch | simplify, ",
                "--pass fp16,simplify | once for each",
                "--pass fp16:nosuch=1 | keep-io, ",
                "--pass fp16:keep-io=perhaps | true or false",
                "--pass fp16:keep-io | keep-io, ",
                "--pass fp16: | keep-io, ",
                "--pass fp16:exclude=a,b | \\,",
                "--pass fp16:keep-io=true,keep-io=false | twice",
                "--pass prune-nosuch:x=1 | simplify, ",
            })
    void aWrongPassIsAnsweredWithWhatThereIs(String options, String answer) {
        Path out = folder.resolve("out.onnx");
        usage(CliRun.of(words("optimize", options, "-o", out)), answer);
        assertThat(out).doesNotExist();
    }

    @Test
    void aPassGivenTwiceIsAppliedTwice() {
        CliRun run = CliRun.of(words("optimize", "--pass simplify --pass simplify", "-o", folder.resolve("out.onnx")));
        assertThat(run.exit()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "batch=0 | at least 1",
                "batch=-1 | at least 1",
                "batch=many | not a whole number",
                "batch= | not a whole number",
                "batch=1e3 | not a whole number",
                "batch=99999999999999999999 | not a whole number",
                "batch | not NAME=N",
                "=4 | not NAME=N",
                "nosuch=4 | no free dimension 'nosuch'",
                "batch=2,nosuch=4 | no free dimension 'nosuch'",
                "batch=2,batch=3 | given twice",
            })
    void aWrongSizeIsAnsweredWithTheModelsDimensions(String dim, String answer) {
        for (String command : new String[] {"inspect", "run"}) {
            CliRun run = CliRun.of(command, model, "--dim", dim);
            usage(run, answer);
            assertThat(run.err()).contains("free dimensions: batch.");
        }
    }

    @Test
    void severalSizesMayBeGivenWithCommasOrOneByOne() throws IOException {
        Path text = folder.resolve("minilm.onnx");
        try (InputStream in = getClass().getResourceAsStream("/all-minilm-l6-v2.onnx")) {
            assertThat(in).isNotNull();
            Files.copy(in, text);
        }
        String both =
                CliRun.of("inspect", text, "--json", "-").json().get("dims").toString();
        assertThat(both).contains(":128");
        String[] names = both.replaceAll("[{}\"]|:\\d+", "").split(",");
        assertThat(names).hasSize(2);
        CliRun commas = CliRun.of("inspect", text, "--json", "-", "--dim", names[0] + "=3," + names[1] + "=5");
        CliRun apart = CliRun.of("inspect", text, "--json", "-", "--dim", names[0] + "=3", "--dim", names[1] + "=5");
        assertThat(commas.json().get("dims").toString()).contains(":3", ":5");
        assertThat(apart.json().get("dims")).isEqualTo(commas.json().get("dims"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--theme blue | light",
                "--theme blue | dark",
                "--variant nosuch | simplify, ",
                "--variant A=fp16:nosuch=1 | keep-io, ",
                "--variant fp16+ | simplify, ",
                "--variant fp16 --variant fp16 | two variants",
                "--split cpu:0,tpu:7 | cpu:0",
            })
    void aWrongNameForThePictureIsAnsweredWithWhatThereIs(String options, String answer) {
        usage(CliRun.of(words("screenshot", options, "-o", folder.resolve("out.png"))), answer);
    }

    @ParameterizedTest
    @CsvSource({"bogus,", "insepct,inspect", "comprae,compare", "Run,run", "screenshots,screenshot"})
    void aCommandThatDoesNotExistIsAnsweredWithThoseThatDo(String word, String meant) {
        CliRun run = CliRun.of(word);
        usage(
                run,
                "there is no command '" + word + "'; there is inspect, run, optimize, edit, compare, split, report, ");
        assertThat(run.err()).doesNotContain("index");
        if (meant == null) {
            assertThat(run.err()).doesNotContain("Did you mean");
        } else {
            assertThat(run.err()).contains("Did you mean '" + meant + "'?");
        }
        CliRun withMore = CliRun.of(word, model, "--runs", 3);
        assertThat(withMore.err()).isEqualTo(run.err());
        usage(CliRun.of("help", word), "there is no command '" + word + "'; there is inspect, ");
    }

    @ParameterizedTest
    @CsvSource({"nosuch.onnx", "no/such/model", "../nosuch"})
    void aFileThatDoesNotExistIsSaidToBeMissingAndOpensNoWindow(String path) {
        assertThat(dev.lathe.app.Main.wantsWindow(new String[] {path})).isFalse();
        CliRun run = CliRun.of(path);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains("there is no file '" + path + "'").doesNotContain("Unmatched");
    }

    @Test
    void oneFileOpensTheWindowAndTwoAreTakenForWhatTheyAre() {
        assertThat(dev.lathe.app.Main.wantsWindow(new String[] {model.toString()}))
                .isTrue();
        usage(CliRun.of(model, model), "is a file, not a command");
    }

    @ParameterizedTest
    @CsvSource({"--select,Conv", "--expand,a", "--variant,fp16", "--split,cpu:0", "--runs,2"})
    void whatIsAboutAModelNeedsOne(String option, String value) {
        usage(CliRun.of("screenshot", option, value, "-o", folder.resolve("out.png")), "MODEL");
    }

    private Object[] words(String command, String options, Object... more) {
        Object[] words = new Object[2 + options.split(" ").length + more.length];
        words[0] = command;
        words[1] = model;
        System.arraycopy(options.split(" "), 0, words, 2, options.split(" ").length);
        System.arraycopy(more, 0, words, words.length - more.length, more.length);
        return words;
    }

    private static void usage(CliRun run, String answer) {
        assertThat(run.exit()).as(run.err()).isEqualTo(2);
        assertThat(run.err().toLowerCase(java.util.Locale.ROOT))
                .contains(answer.strip().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("exception");
    }
}
