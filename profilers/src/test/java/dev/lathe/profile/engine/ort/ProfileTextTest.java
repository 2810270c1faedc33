package dev.lathe.profile.engine.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import dev.lathe.profile.engine.KernelEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileTextTest {
    private static final String EVENT = """
            {"cat" : "Node","pid" :5,"tid" :5,"dur" :7,"ts" :%d,"ph" : "X","name" :"%s_kernel_time",\
            "args" : {"op_name" : "Tanh","input_type_shape" : [{"float":[4,4]}],"provider" : "CPU"}}""";

    @TempDir
    Path folder;

    private static String profile(String first, String second) {
        return "[\n" + EVENT.formatted(1, first) + ",\n" + EVENT.formatted(9, second) + "\n]\n";
    }

    @Test
    void aProfileThatIsValidIsNotCopied() {
        byte[] plain = profile("/layer.0/Tanh", "层").getBytes(StandardCharsets.UTF_8);
        assertThat(ProfileText.valid(plain)).isSameAs(plain);
    }

    @Test
    void aNameKeepsItsQuotesBackslashesAndLineBreaks() throws Exception {
        Path file = Files.writeString(folder.resolve("p.json"), profile("a\"\\\n\t\u0001c", "a\\nb"));
        assertThat(ProfileJson.read(file).kernels())
                .extracting(KernelEvent::node)
                .containsExactly("a\"\\\n\t\u0001c", "a\\nb");
    }

    @Test
    void whatIsReadInSmallBlocksIsTheSameAsTheWhole() throws Exception {
        byte[] whole = profile("a\"\\\n\t\u0001c", "q\",\"ts\" :1,\"args\" : {\n{\"cat\" : ")
                .getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size < 400; size += 7) {
            try (ProfileText text = new ProfileText(new ByteArrayInputStream(whole), size)) {
                assertThat(text.readAllBytes()).as("%d bytes", size).isEqualTo(ProfileText.valid(whole));
            }
        }
    }

    @Test
    void aProfileThatIsTooLongIsNotReadAndSaysWhy() throws Exception {
        try (TraceFolder trace = TraceFolder.create()) {
            try (RandomAccessFile file = new RandomAccessFile(trace.prefix().toFile(), "rw")) {
                file.setLength(TraceFolder.LONGEST + 1);
            }
            assertThatThrownBy(trace::read)
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(TraceFolder.failed(Path.of("m.onnx"), e)
                                            .getMessage())
                                    .contains("m.onnx", "too many kernels", "128 MiB"));
        }
    }

    @Test
    void whatIsBrokenElsewhereIsSaidSo() throws Exception {
        Path file =
                Files.writeString(folder.resolve("p.json"), profile("a", "b").replace("\"dur\" :7", "\"dur\" 7"));
        assertThatThrownBy(() -> ProfileJson.read(file))
                .isInstanceOfSatisfying(
                        JacksonException.class,
                        e -> assertThat(TraceFolder.failed(Path.of("m.onnx"), e).getMessage())
                                .contains("m.onnx", "line 2")
                                .doesNotContain("jackson", "Exception"));
    }
}
