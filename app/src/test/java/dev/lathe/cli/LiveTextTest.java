package dev.lathe.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.app.fixture.EncoderFixture;
import dev.lathe.profile.LiveSample;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveTextTest {
    private static final EncoderFixture ENCODER = new EncoderFixture();

    /// What a terminal of this size is sent for two samples.
    private static String shown(Optional<TerminalSize> size) {
        StringWriter text = new StringWriter();
        LiveText live = new LiveText(ENCODER.graph(), new PrintWriter(text), size.map(s -> () -> s));
        for (int i = 1; i <= 2; i++) {
            LiveSample sample = ENCODER.sample(i, ENCODER.run(1).layers());
            live.show(sample);
        }
        return text.toString();
    }

    @Test
    void noLineBreaksAndTheSecondPictureCoversTheFirst() {
        for (TerminalSize size :
                List.of(new TerminalSize(80, 24), new TerminalSize(40, 6), new TerminalSize(200, 50))) {
            String[] pictures = shown(Optional.of(size)).split("\033\\[", 2);
            List<String> first = pictures[0].lines().toList();
            assertThat(first).allSatisfy(l -> assertThat(l.length()).isLessThan(size.columns()));
            assertThat(first.size()).isBetween(2, Math.min(13, size.rows() - 1));
            assertThat(pictures[1]).startsWith(first.size() + "A\033[J");
        }
    }

    @Test
    void inAFileALineASecondIsWhole() {
        assertThat(shown(Optional.empty()).lines())
                .hasSize(2)
                .allSatisfy(l -> assertThat(l).contains("runs  p50").contains("profiler"));
    }
}
