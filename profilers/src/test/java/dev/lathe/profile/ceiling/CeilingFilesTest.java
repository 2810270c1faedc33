package dev.lathe.profile.ceiling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CeilingFilesTest {
    private static final CeilingSetup SETUP =
            new CeilingSetup("cpu:0", "Some processor · cores 0–1", List.of(0, 1), 2, "onnxruntime", "1.29.0, CPU");
    private static final Ceilings MEASURED = new Ceilings(
            SETUP,
            Instant.parse("2026-11-21T18:00:00Z"),
            reached(2.5e10, Unit.BYTES_PER_SECOND),
            Map.of(
                    DType.FLOAT32, reached(1e11, Unit.FLOP_PER_SECOND),
                    DType.INT8, reached(4e11, Unit.OP_PER_SECOND),
                    DType.BFLOAT16, new Ceiling.NotMeasurable("there is no kernel")));

    @TempDir
    Path folder;

    private CeilingFiles files() {
        return new CeilingFiles(folder.resolve("made when needed"));
    }

    @Test
    void whatIsWrittenIsFoundAgainAsItWas() throws IOException {
        assertThat(files().find(SETUP)).isEmpty();
        files().write(MEASURED);
        assertThat(files().find(SETUP)).contains(MEASURED);
        try (Stream<Path> all = Files.list(folder.resolve("made when needed"))) {
            assertThat(all).hasSize(1);
        }
    }

    @Test
    void anotherProcessorEngineVersionCoreSetOrThreadCountHasNoneOfThese() throws IOException {
        files().write(MEASURED);
        assertThat(List.of(
                        new CeilingSetup("cpu:0", "Other", List.of(0, 1), 2, "onnxruntime", "1.29.0, CPU"),
                        new CeilingSetup("cpu:0", SETUP.deviceName(), List.of(0, 2), 2, "onnxruntime", "1.29.0, CPU"),
                        new CeilingSetup("cpu:0", SETUP.deviceName(), List.of(0, 1), 1, "onnxruntime", "1.29.0, CPU"),
                        new CeilingSetup("cpu:0", SETUP.deviceName(), List.of(0, 1), 2, "onnxruntime", "1.30.0, CPU"),
                        new CeilingSetup("cpu:0", SETUP.deviceName(), List.of(0, 1), 2, "other", "1.29.0, CPU"),
                        new CeilingSetup("cpu", SETUP.deviceName(), List.of(0, 1), 2, "onnxruntime", "1.29.0, CPU")))
                .allSatisfy(setup -> assertThat(files().find(setup)).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"format\":1}",
                "WRITTEN \"format\":1 \"format\":99",
                "WRITTEN 2.5E10 -2.5E10",
                "WRITTEN 2.5E10 0",
                "WRITTEN 2.5E10 \"many\"",
                "WRITTEN B/s furlongs",
                "WRITTEN float32 float33",
                "WRITTEN 2026-11-21T18 yesterday"
            })
    void aDamagedFileCountsAsNoneAndIsWrittenAnew(String damage) throws IOException {
        files().write(MEASURED);
        Path file;
        try (Stream<Path> all = Files.list(folder.resolve("made when needed"))) {
            file = all.findFirst().orElseThrow();
        }
        String written = Files.readString(file);
        String[] words = damage.split(" ");
        String damaged = damage.startsWith("WRITTEN") ? written.replace(words[1], words[2]) : damage;
        assertThat(damaged).isNotEqualTo(written);
        Files.writeString(file, damaged);
        assertThat(files().find(SETUP)).isEmpty();
        files().write(MEASURED);
        assertThat(files().find(SETUP)).contains(MEASURED);
    }

    @Test
    void theSpreadTellsWhetherOtherProgramsTookTime() {
        Ceiling.Reached quiet =
                new Ceiling.Reached(Quantity.of(100, Unit.FLOP_PER_SECOND), Quantity.of(95, Unit.FLOP_PER_SECOND), 9);
        assertThat(quiet.disturbed()).isFalse();
        Ceiling.Reached noisy =
                new Ceiling.Reached(Quantity.of(100, Unit.FLOP_PER_SECOND), Quantity.of(40, Unit.FLOP_PER_SECOND), 9);
        assertThat(noisy.disturbed()).isTrue();
        assertThat(noisy.spread()).isEqualTo(1.5);
    }

    private static Ceiling reached(double best, Unit unit) {
        return new Ceiling.Reached(Quantity.of(best, unit), Quantity.of(best / 2, unit), 7);
    }
}
