package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Quantity;
import dev.lathe.core.Unit;
import dev.lathe.graph.DType;
import dev.lathe.profile.ceiling.Ceiling;
import dev.lathe.profile.ceiling.CeilingSetup;
import dev.lathe.profile.ceiling.Ceilings;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CeilingWordsTest {
    @Test
    void everyFigureHasItsUnitAndAMissingOneItsReasonOnce() {
        String table = CeilingWords.table(
                List.of(ceilings("cpu:0", List.of(0), 1e11, 1e11), ceilings("cpu:1", List.of(1), 1e11, 1e11)));
        assertThat(table).contains("24.4 GB/s", "100 GFLOP/s", "cpu:1");
        assertThat(table).containsOnlyOnce("bfloat16 is not measurable: there is no kernel.");
        assertThat(table).doesNotContain("unsteady", "together");
    }

    @Test
    void aLargeSpreadIsSaidWithTheMedian() {
        assertThat(CeilingWords.table(List.of(ceilings("cpu:0", List.of(0), 1e11, 4e10))))
                .contains("cpu:0 was unsteady", "the median: float32 40 GFLOP/s");
    }

    @Test
    void aCpuThatComputesLessThanItsCoresIsSaidToDoSo() {
        List<Ceilings> all = List.of(
                ceilings("cpu", List.of(0, 1), 1e11, 1e11),
                ceilings("cpu:0", List.of(0), 1e11, 1e11),
                ceilings("cpu:1", List.of(1), 1e11, 1e11));
        assertThat(CeilingWords.table(all)).contains("float32 100 GFLOP/s of 200 GFLOP/s");
        assertThat(CeilingWords.table(all.subList(0, 2))).doesNotContain("together");
        assertThat(CeilingWords.table(List.of(ceilings("cpu", List.of(0, 1), 1.9e11, 1.9e11), all.get(1), all.get(2))))
                .doesNotContain("together");
    }

    private static Ceilings ceilings(String device, List<Integer> cores, double best, double median) {
        return new Ceilings(
                new CeilingSetup(device, "Some processor", cores, cores.size(), "onnxruntime", "1.29.0"),
                Instant.EPOCH,
                new Ceiling.Reached(
                        Quantity.of(24.4e9, Unit.BYTES_PER_SECOND), Quantity.of(24e9, Unit.BYTES_PER_SECOND), 20),
                Map.of(
                        DType.FLOAT32,
                        new Ceiling.Reached(
                                Quantity.of(best, Unit.FLOP_PER_SECOND), Quantity.of(median, Unit.FLOP_PER_SECOND), 9),
                        DType.BFLOAT16,
                        new Ceiling.NotMeasurable("there is no kernel")));
    }
}
