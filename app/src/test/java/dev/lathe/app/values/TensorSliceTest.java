package dev.lathe.app.values;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.project.FakeTensors;
import dev.lathe.graph.DType;
import dev.lathe.profile.engine.HostTensor;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorSliceTest {
    @TempDir
    private Path folder;

    private TensorContents counting;

    @BeforeEach
    void read() throws Exception {
        counting = TensorContents.of("t", FakeTensors.counting(), folder);
    }

    @Test
    void theLastTwoAxesAreShownAtTheFirstPlaceOfTheOthersUntilOthersAreChosen() {
        TensorSlice s = TensorSlice.of(counting);
        assertThat(s.rows()).isEqualTo(16);
        assertThat(s.columns()).isEqualTo(16);
        assertThat(s.value(1, 2)).isEqualTo(18);
        assertThat(s.at(1, 2).value(1, 2)).isEqualTo(2 * 256 + 18);
        assertThat(s.at(0, 1).at(1, 1).value(0, 0)).isEqualTo(768 + 256);
        TensorSlice turned = s.down(1);
        assertThat(turned.rows()).isEqualTo(3);
        assertThat(turned.value(2, 5)).isEqualTo(2 * 256 + 5);
        TensorSlice swapped = s.down(3);
        assertThat(swapped.value(2, 1)).isEqualTo(18);
        assertThat(s.at(0, 99).at().getFirst()).isEqualTo(1);
    }

    @Test
    void numbersAreWrittenSoThatNeighboursAreToldApart() {
        TensorSlice s = TensorSlice.of(counting);
        assertThat(s.words(15, 15)).isEqualTo("255");
        assertThat(counting.statistics().max()).isEqualTo(1535);
    }

    @Test
    void aNumberAColumnAndTextsAreTablesToo() throws Exception {
        TensorContents one = TensorContents.of(
                "s", HostTensor.of(DType.INT64, List.of(), MemorySegment.ofArray(new byte[8])), folder);
        TensorSlice s = TensorSlice.of(one);
        assertThat(s.rows()).isEqualTo(1);
        assertThat(s.columns()).isEqualTo(1);
        assertThat(s.words(0, 0)).isEqualTo("0");
        TensorContents texts = TensorContents.of(
                "x",
                new HostTensor(DType.STRING, List.of(2L), MemorySegment.ofArray(new byte[0]), List.of("a", "b")),
                folder);
        assertThat(TensorSlice.of(texts).rows()).isEqualTo(2);
        assertThat(TensorSlice.of(texts).words(1, 0)).isEqualTo("b");
        assertThat(texts.canSave()).isFalse();
        TensorContents none = TensorContents.of(
                "n", HostTensor.of(DType.FLOAT32, List.of(0L, 4L), MemorySegment.ofArray(new byte[0])), folder);
        assertThat(TensorSlice.of(none).rows()).isZero();
        assertThat(TensorImage.heat(TensorSlice.of(none), true).height()).isZero();
    }

    @Test
    void threeChannelsAreColoursAndAnyTwoAxesAHeatMap() {
        assertThat(TensorImage.channels(List.of(1L, 3L, 224L, 224L))).isEqualTo(1);
        assertThat(TensorImage.channels(List.of(224L, 224L, 3L))).isEqualTo(2);
        assertThat(TensorImage.channels(List.of(1L, 64L, 55L, 55L))).isEqualTo(-1);
        TensorImage colours = TensorImage.colours(TensorSlice.of(counting));
        assertThat(colours.width()).isEqualTo(16);
        assertThat(colours.argb()[0] >>> 16 & 255)
                .as("red is the first channel")
                .isLessThan(colours.argb()[0] & 255);
        TensorImage heat = TensorImage.heat(TensorSlice.of(counting), true);
        assertThat(heat.low()).isZero();
        assertThat(heat.high()).isEqualTo(255);
        assertThat(heat.argb()[0]).isNotEqualTo(heat.argb()[255]);
    }

    @Test
    void itIsSavedForNumpyAndItsFileGoesWhenNobodyLooksAnyMore() throws Exception {
        Path target = folder.resolve("saved.npy");
        counting.save(target);
        assertThat(Files.readAllBytes(target)).startsWith(0x93, 'N', 'U', 'M', 'P', 'Y');
        counting.forget();
        try (var left = Files.list(folder)) {
            assertThat(left.toList()).containsExactly(target);
        }
    }
}
