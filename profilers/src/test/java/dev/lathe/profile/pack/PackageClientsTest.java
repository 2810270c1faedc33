package dev.lathe.profile.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lathe.core.Diagnostic;
import dev.lathe.core.JobCancelledException;
import dev.lathe.core.JobContext;
import dev.lathe.core.LatheException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packages are got by the program that people get them by; a stand-in plays it here.
class PackageClientsTest {
    @TempDir
    Path folder = Path.of("");

    private Path programs = Path.of("");
    private Path packs = Path.of("");

    @BeforeEach
    void folders() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell");
        programs = Files.createDirectories(folder.resolve("bin"));
        packs = folder.resolve("packs");
    }

    private void npm(String script) throws IOException {
        Path file = Files.writeString(programs.resolve("npm"), "#!/bin/sh\n" + script);
        assumeTrue(file.toFile().setExecutable(true), "no executable files here");
    }

    private PackInstaller installer(PackSource source) {
        return new PackInstaller(Archives.packs(packs, source), new PackageClients(List.of(programs)));
    }

    private Diagnostic refused(PackSource source) {
        return catchThrowableOfType(
                        LatheException.class, () -> installer(source).obtain(source, JobContext.quiet()))
                .diagnostic();
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(packs)) {
            return files.toList();
        }
    }

    @Test
    void whatTheClientGetsBecomesAPack() throws Exception {
        Path archive = Archives.tgz(folder.resolve("package.tgz"), Map.of(Archives.LIBRARY, "the runtime"));
        npm("[ \"$1 $2\" = 'pack onnxruntime-node@1.29.0' ] || exit 9\ncp '" + archive + "' ./onnxruntime-node.tgz\n");
        PackSource source = Archives.source(archive);
        Pack pack = installer(source).obtain(source, JobContext.quiet());
        assertThat(pack.folder().resolve("libonnxruntime.so")).hasContent("the runtime");
        assertThat(left()).containsExactly(pack.folder());
    }

    @Test
    void aClientThatIsNotInstalledIsNamedWithWhatHelps() throws Exception {
        Diagnostic d = refused(Archives.source("00".repeat(32)));
        assertThat(d.code()).isEqualTo("client-missing");
        assertThat(d.line()).contains("npm is not installed", "Install npm", "--from FILE");
        assertThat(left()).isEmpty();
    }

    @Test
    void whatAClientSaysOfItsFailureIsTold() throws Exception {
        npm("echo 'npm warn something'\necho 'npm error 404 no such package' >&2\nexit 1\n");
        Diagnostic d = refused(Archives.source("00".repeat(32)));
        assertThat(d.code()).isEqualTo("client-failed");
        assertThat(d.message())
                .contains("exit code 1", "npm error 404 no such package")
                .doesNotContain("warn");
        assertThat(left()).isEmpty();
    }

    @Test
    void coloursAndMarksOfAClientsErrorsAreNotTold() throws Exception {
        npm("printf '\\033[0m[\\033[31mERROR\\033[0m] No such artifact\\n[ERROR] \\n'\nexit 1\n");
        assertThat(refused(Archives.source("00".repeat(32))).message())
                .contains("exit code 1, No such artifact.")
                .doesNotContain("\u001b");
    }

    @Test
    void aClientThatBringsNothingIsTold() throws Exception {
        npm("exit 0\n");
        assertThat(refused(Archives.source("00".repeat(32))).message()).contains("without the package");
    }

    @Test
    void aClientThatBringsSomethingElseIsRefusedLikeAFile() throws Exception {
        Path other = Archives.tgz(
                folder.resolve("other.tgz"), Map.of("package/package.json", Archives.packageJson("1.28.0")));
        npm("cp '" + other + "' .\n");
        assertThat(refused(Archives.source("00".repeat(32))).code()).isEqualTo("pack-wrong-version");
        assertThat(left()).isEmpty();
    }

    @Test
    void aCancelEndsTheClientAndWhatItStarted() throws Exception {
        npm("sleep 300\necho never\n");
        AtomicInteger asked = new AtomicInteger();
        JobContext job = new JobContext() {
            @Override
            public void progress(double fraction, String step) {
                // nobody looks
            }

            @Override
            public boolean cancelled() {
                return asked.incrementAndGet() > 2;
            }
        };
        PackSource source = Archives.source("00".repeat(32));
        assertThat(catchThrowableOfType(
                        JobCancelledException.class, () -> installer(source).obtain(source, job)))
                .isNotNull();
        assertThat(left()).isEmpty();
        assertThat(ProcessHandle.current()
                        .descendants()
                        .filter(p -> p.info()
                                .command()
                                .filter(c -> c.endsWith("sleep"))
                                .isPresent())
                        .toList())
                .isEmpty();
    }
}
