package dev.lathe.graph.analyze;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.Dim;
import dev.lathe.graph.DimMath;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "past_sequence_length + 1                                  | 8",
                "a*past_sequence_length                                    | 21",
                "a - 1                                                     | 2",
                "(past_sequence_length + a) // 4                           | 2",
                "floordiv((past_sequence_length + 1), 2)                   | 4",
                "(floordiv((a + -1), 2) * floordiv(past_sequence_length, a)) | 2",
                "max(min(a, 2), ceildiv(past_sequence_length, 2))          | 4",
                "mod(past_sequence_length, a)                              | 1",
            })
    void aNameThatIsAFormulaIsRead(String name, long size) {
        Dim read = DimNames.read(name);
        assertThat(DimMath.substitute(read, Map.of("a", 3L, "past_sequence_length", 7L)))
                .isEqualTo(Dim.of(size));
        assertThat(DimNames.read(read.toString())).as("as we print it").isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "batch",
                "floor(height/32)",
                "max(a)",
                "max(a, b",
                "max(a, b, c)",
                "unk__12(3)",
                "a -1",
                "Floor(a*0.5)",
                "x,y",
                "(a)b",
            })
    void anyOtherNameIsOnlyAName(String name) {
        assertThat(DimNames.read(name)).isEqualTo(Dim.symbol(name));
    }
}
