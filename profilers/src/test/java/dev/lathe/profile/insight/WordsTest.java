package dev.lathe.profile.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
    @Test
    void ofALongNameTheEndIsToldAndOfManyTheFirst() {
        String fused = "model/relu;".repeat(30) + "model/conv2d_1/Conv2D";
        String told = Words.list(List.of("a", fused, "b", "c", "d"));
        assertThat(told).startsWith("a, …").contains("model/conv2d_1/Conv2D, b").endsWith(" more");
        assertThat(told.length()).isLessThan(100);
    }
}
