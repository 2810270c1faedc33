package dev.lathe.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {
    @Test
    void whatBreaksALineOrRulesATerminalIsSpelledOut() {
        assertThat(OneLine.of("a\r\nb\tc\u001b[31m\u2028d")).isEqualTo("a\\r\\nb\\tc\\x1b[31m\\u2028d");
    }

    @Test
    void anyOtherTextStaysTheSameObject() {
        String name = "/encoder/layer.0/注意/Add";
        assertThat(OneLine.of(name)).isSameAs(name);
        assertThat(OneLine.of("")).isEmpty();
    }
}
