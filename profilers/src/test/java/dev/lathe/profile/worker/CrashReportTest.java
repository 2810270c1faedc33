package dev.lathe.profile.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrashReportTest {
    @Test
    void theSignalAndWhoseCodeItWasInAreToldInOneLine() {
        assertThat(CrashReport.of(List.of(
                        "#",
                        "# A fatal error has been detected by the Java Runtime Environment:",
                        "#",
                        "#  SIGSEGV (0xb) at pc=0x00007f3b4c1a2b3c, pid=77, tid=78",
                        "#",
                        "# JRE version: OpenJDK Runtime Environment (25.0.3+9) (build 25.0.3+9-LTS)",
                        "# Problematic frame:",
                        "# C  [libvk_swiftshader.so+0x1a2b3c]  vk::QueryPool::reset(unsigned int, unsigned int)+0x5c",
                        "#")))
                .contains("SIGSEGV in libvk_swiftshader.so, vk::QueryPool::reset");
    }

    @Test
    void aFrameWithoutANameAndAnotherSystemsNamesAreTakenToo() {
        assertThat(CrashReport.of(List.of(
                        "#  EXCEPTION_ACCESS_VIOLATION (0xc0000005) at pc=0x00007ffd, pid=1, tid=2",
                        "# C  [onnxruntime.dll+0x99]")))
                .contains("EXCEPTION_ACCESS_VIOLATION in onnxruntime.dll");
        assertThat(CrashReport.of(List.of("#  SIGSEGV (0xb) at pc=0x1, pid=1, tid=2", "# V  no frame")))
                .contains("SIGSEGV");
    }

    @Test
    void whatIsNoReportTellsNothing() {
        assertThat(CrashReport.of(List.of("out of memory", ""))).isEmpty();
    }

    @Test
    void aLibraryMayHaveAPlusInItsName() {
        assertThat(CrashReport.of(List.of(
                        "#  SIGSEGV (0xb) at pc=0x00007f0, pid=1, tid=2",
                        "# C  [libstdc++.so.6+0xa8f2d]  std::string::size() const+0x1d")))
                .contains("SIGSEGV in libstdc++.so.6, std::string::size");
    }
}
