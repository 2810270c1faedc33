package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LastLinesTest {
    @Test
    void aVeryLongLineIsCutAndWhatFollowsIsKept() {
        byte[] part = new byte[1 << 24];
        java.util.Arrays.fill(part, (byte) 'x');
        InputStream endless = new SequenceInputStream(Collections.enumeration(IntStream.range(0, 8)
                .mapToObj(i -> (InputStream) new ByteArrayInputStream(part))
                .toList()));
        InputStream end = new ByteArrayInputStream("\nthe end\n".getBytes(StandardCharsets.UTF_8));
        LastLines lines = LastLines.of(new SequenceInputStream(endless, end));
        String text = lines.textAtEnd();
        for (int i = 0; i < 20 && !text.contains("the end"); i++) {
            text = lines.textAtEnd();
        }
        assertThat(text).startsWith("xxx").endsWith("… | the end").hasSizeLessThan(400);
    }
}
