package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupsTest {
    @TempDir
    Path root;

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    @Test
    void theLeastLimitOfAllGroupsAboveAProcessHolds() throws IOException {
        file("job/memory.max", "2000");
        file("job/memory.current", "700");
        file("job/step/memory.max", "max");
        file("job/step/memory.current", "600");
        file("job/step/cpu.max", "150000 100000");
        file("job/cpu.max", "400000 100000");
        assertThat(ContainerLimits.read(new ControlGroups(root, List.of("0::/job/step"))))
                .isEqualTo(new ContainerLimits(OptionalLong.of(2000), OptionalLong.of(700), OptionalDouble.of(1.5)));
    }

    @Test
    void theFirstVersionHasAFolderForEachController() throws IOException {
        file("memory/memory.limit_in_bytes", "9223372036854771712");
        file("memory/job/memory.limit_in_bytes", "3000");
        file("memory/job/memory.usage_in_bytes", "1000");
        file("cpu/job/cpu.cfs_quota_us", "50000");
        file("cpu/job/cpu.cfs_period_us", "100000");
        List<String> own = List.of("4:memory:/job", "3:cpu,cpuacct:/job", "0::/");
        assertThat(ContainerLimits.read(new ControlGroups(root, own)))
                .isEqualTo(new ContainerLimits(OptionalLong.of(3000), OptionalLong.of(1000), OptionalDouble.of(0.5)));
    }

    @Test
    void inANameSpaceOfItsOwnTheGroupIsTheRoot() throws IOException {
        file("memory.max", "500");
        for (String path : List.of("0::/", "0::/../../elsewhere", "0::/docker/not-mounted-here")) {
            assertThat(ContainerLimits.read(new ControlGroups(root, List.of(path)))
                            .memoryBytes())
                    .as(path)
                    .hasValue(500);
        }
    }
}
