package dev.lathe.app.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeatTest {
    @Test
    void mostIsFurthestFromTheBackgroundInBothThemes() {
        for (boolean dark : new boolean[] {true, false}) {
            int ground = Palette.of(dark).canvas();
            double last = 0;
            for (int i = 0; i <= 10; i++) {
                double c = Heat.contrast(Heat.rgb(i / 10.0, dark), ground);
                assertThat(c).isGreaterThan(last);
                last = c;
            }
        }
    }

    @Test
    void textOnAnyHeatCanBeRead() {
        for (int i = 0; i <= 200; i++) {
            for (boolean dark : new boolean[] {true, false}) {
                int fill = Heat.rgb(i / 200.0, dark);
                assertThat(Heat.contrast(Heat.inkOn(fill), fill)).isGreaterThanOrEqualTo(4.5);
            }
        }
    }

    @Test
    void sharesBeyondTheLegendAreClamped() {
        assertThat(Heat.rgb(3, true)).isEqualTo(Heat.rgb(1, true));
        assertThat(Heat.rgb(-1, false)).isEqualTo(Heat.rgb(0, false));
        assertThat(Palette.hex(Heat.inferno(0.5))).isEqualTo("#bc3754");
    }

    @Test
    void textColoursCanBeReadOnTheirGround() {
        for (boolean dark : new boolean[] {true, false}) {
            Palette p = Palette.of(dark);
            assertThat(Heat.contrast(p.text(), p.block())).isGreaterThan(7);
            assertThat(Heat.contrast(p.muted(), p.canvas())).isGreaterThan(4.5);
            assertThat(Heat.contrast(p.accent(), p.canvas())).isGreaterThan(4.5);
        }
    }
}
