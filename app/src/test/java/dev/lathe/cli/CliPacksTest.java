package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `lathe packs` as scripts see it. What packs this machine has is not the test's to change.
class CliPacksTest {
    @TempDir
    Path folder;

    @Test
    void theListNamesWhatIsBuiltInAndWhatCanBeAdded() throws Exception {
        CliRun text = CliRun.of("packs", "list");
        assertThat(text.exit()).isZero();
        assertThat(text.out().lines()).anyMatch(l -> l.startsWith("cpu ") && l.contains("built in"));
        JsonNode json = CliRun.of("packs", "list", "--json", "-").json();
        assertThat(json.path("packs").findValuesAsText("id")).contains("cpu", "webgpu", "cuda", "pytorch");
        assertThat(json.path("runtimeVersion").asText()).isNotEmpty();
        for (JsonNode pack : json.path("packs")) {
            String said = pack.path("available").asBoolean() ? "detail" : "remedy";
            assertThat(pack.path(said).asText()).as(pack.toString()).isNotEmpty();
        }
    }

    @Test
    void aPackThatThereIsNotIsAnsweredWithThoseThatThereAre() {
        CliRun run = CliRun.of("packs", "add", "nosuch");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("nosuch", "webgpu, cuda, pytorch");
    }

    @Test
    void aFileThatIsNoPackageIsBadInput() throws Exception {
        Path page = Files.writeString(folder.resolve("page.tgz"), "<html>Not found</html>");
        CliRun run = CliRun.of("packs", "add", "webgpu", "--from", page);
        assertThat(run.exit()).isEqualTo(3);
        assertThat(run.err()).contains(page.toString(), "no package").hasLineCount(1);
        assertThat(CliRun.of("packs", "add", "webgpu", "--from", folder.resolve("nothing"))
                        .exit())
                .isEqualTo(3);
    }

    @Test
    void whatIsNotThereCannotBeRemoved() {
        assertThat(CliRun.of("packs", "remove", "nosuch").exit()).isEqualTo(3);
        assertThat(CliRun.of("packs", "remove", "cpu").err()).contains("a part of Lathe");
    }

    @Test
    void withoutACommandTheUseIsTold() {
        CliRun run = CliRun.of("packs");
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("list, add or remove");
    }
}
