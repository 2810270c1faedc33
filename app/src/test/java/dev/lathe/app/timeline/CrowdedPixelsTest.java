package dev.lathe.app.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// The pixels of slices that are too small to be drawn one by one.
class CrowdedPixelsTest {
    private static final int OPAQUE = 0xff4080c0;

    private static CrowdedPixels line(int width) {
        CrowdedPixels p = new CrowdedPixels();
        p.prepare(width, 1);
        p.begin();
        return p;
    }

    private static int channel(int argb, int shift) {
        return argb >>> shift & 255;
    }

    @Test
    void wholePixelsHaveTheColourAndOthersAsMuchOfItAsIsCovered() {
        CrowdedPixels p = line(8);
        p.fill(1.75, 4.5, OPAQUE);
        assertThat(p.pixel(0)).isZero();
        assertThat(p.pixel(2)).isEqualTo(OPAQUE);
        assertThat(p.pixel(3)).isEqualTo(OPAQUE);
        for (int shift = 0; shift < 32; shift += 8) {
            assertThat(channel(p.pixel(1), shift))
                    .isBetween(channel(OPAQUE, shift) / 4 - 1, channel(OPAQUE, shift) / 4);
            assertThat(channel(p.pixel(4), shift))
                    .isBetween(channel(OPAQUE, shift) / 2 - 1, channel(OPAQUE, shift) / 2);
        }
        assertThat(p.pixel(5)).isZero();
    }

    @Test
    void slicesThatShareAPixelAddUpToItsColourAndNeverBeyond() {
        Random random = new Random(4);
        for (int i = 0; i < 200; i++) {
            CrowdedPixels p = line(4);
            double at = 1;
            while (at < 3) {
                double next = Math.min(3, at + random.nextDouble() * 0.7);
                p.fill(at, next, OPAQUE);
                at = next;
            }
            for (int x = 1; x < 3; x++) {
                for (int shift = 0; shift < 32; shift += 8) {
                    assertThat(channel(p.pixel(x), shift))
                            .isBetween(channel(OPAQUE, shift) - 8, Math.min(255, channel(OPAQUE, shift) + 4));
                }
            }
        }
        CrowdedPixels twice = line(2);
        twice.fill(0, 1, 0xfffefefe);
        twice.fill(0, 1, 0xfffefefe);
        assertThat(twice.pixel(0)).isEqualTo(0xffffffff);
    }

    @Test
    void whatLiesOutsideTheFrameIsLeftOut() {
        CrowdedPixels p = line(3);
        p.fill(-5.5, 0.5, OPAQUE);
        p.fill(2.5, 40, OPAQUE);
        assertThat(channel(p.pixel(0), 24)).isBetween(126, 128);
        assertThat(p.pixel(1)).isZero();
        assertThat(channel(p.pixel(2), 24)).isBetween(126, 128);
    }
}
