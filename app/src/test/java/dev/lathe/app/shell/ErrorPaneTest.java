package dev.lathe.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The words of the error pane.
class ErrorPaneTest {
    @Test
    void aMessageThatStandsAloneBeginsLikeASentence() {
        assertThat(ErrorPane.sentence("the file is cut off")).isEqualTo("The file is cut off");
        assertThat(ErrorPane.sentence("")).isEmpty();
    }
}
