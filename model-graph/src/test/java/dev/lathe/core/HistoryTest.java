package dev.lathe.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HistoryTest {
    @Test
    void whatIsUndoneCanBeRedone() {
        History<String> h = History.of("a").push("b").push("c");
        History<String> back = h.undo().orElseThrow().undo().orElseThrow();
        assertThat(back.present()).isEqualTo("a");
        assertThat(back.undo()).isEmpty();
        assertThat(back.redo().orElseThrow().redo().orElseThrow()).isEqualTo(h);
    }

    @Test
    void aNewActDropsWhatCouldBeRedone() {
        History<String> h = History.of("a").push("b").undo().orElseThrow().push("c");
        assertThat(h.redo()).isEmpty();
        assertThat(h.past()).containsExactly("a");
    }

    @Test
    void anActThatChangesNothingIsNoStep() {
        History<String> h = History.of("a");
        assertThat(h.push(h.present())).isSameAs(h);
    }

    @Test
    void aMeasurementThatArrivesIsNoStep() {
        History<String> h = History.of("a").push("b").withPresent("b measured");
        assertThat(h.past()).containsExactly("a");
        assertThat(h.present()).isEqualTo("b measured");
    }
}
