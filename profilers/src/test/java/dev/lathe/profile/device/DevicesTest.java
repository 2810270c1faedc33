package dev.lathe.profile.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.graph.target.Device;
import dev.lathe.graph.target.DeviceKind;
import dev.lathe.profile.engine.Availability;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevicesTest {
    @Test
    void thisMachineHasACpuAndItsCoreGroupsCoverItsCores() {
        List<DeviceStatus> all = Devices.discover();
        DeviceStatus cpu = all.getFirst();
        assertThat(cpu.device().id()).isEqualTo("cpu");
        assertThat(cpu.availability()).isInstanceOf(Availability.Ready.class);
        assertThat(cpu.device().memoryBytes().orElse(0)).isPositive();
        assertThat(cpu.facts())
                .containsKeys("Sockets", "Physical cores", "Logical cores", "Memory available", "DJL engines");
        assertThat(cpu.facts().get("DJL engines")).contains("OnnxRuntime");
        assertThat(all.stream()
                        .filter(s -> s.device().kind() == DeviceKind.CPU_GROUP)
                        .flatMap(s -> s.device().cores().stream()))
                .containsExactlyInAnyOrderElementsOf(cpu.device().cores());
    }

    @Test
    void whatCannotBeUsedSaysWhyAndWhatWouldHelp() {
        assertThat(Devices.discover()).allSatisfy(s -> {
            if (s.availability() instanceof Availability.Missing(String reason, String remedy)) {
                assertThat(reason).isNotBlank();
                assertThat(remedy).isNotBlank();
            }
        });
    }

    @Test
    void aSourceThatFailsIsAnEntryAndHidesNoOther() {
        DeviceProvider broken = provider("broken", () -> {
            throw new UnsatisfiedLinkError("no library");
        });
        DeviceProvider fine = provider("fine", () -> List.of(status("cpu", Map.of("a", "1"))));
        List<DeviceStatus> all = Devices.discover(List.of(broken, fine));
        assertThat(all).hasSize(2);
        assertThat(all.getFirst().availability()).isInstanceOf(Availability.Missing.class);
    }

    @Test
    void twoSourcesOfOneDeviceAddUpTheirFacts() {
        List<DeviceStatus> all = Devices.discover(List.of(
                provider("one", () -> List.of(status("cpu", Map.of("a", "1")))),
                provider("two", () -> List.of(status("cpu", Map.of("a", "2", "b", "3"))))));
        assertThat(all).hasSize(1);
        assertThat(all.getFirst().facts()).isEqualTo(Map.of("a", "1", "b", "3"));
    }

    @Test
    void hardwareThreadsOfACoreStayTogetherAndForbiddenCoresAreLeftOut() {
        List<CoreGroups.Logical> four = List.of(
                new CoreGroups.Logical(0, 0),
                new CoreGroups.Logical(1, 1),
                new CoreGroups.Logical(2, 0),
                new CoreGroups.Logical(3, 1));
        assertThat(CoreGroups.of(four, Set.of())).containsExactly(List.of(0, 2), List.of(1, 3));
        assertThat(CoreGroups.of(four, Set.of(1, 2))).containsExactly(List.of(2), List.of(1));
    }

    @Test
    void aLargeMachineHasEightGroupsOfNeighbouringCores() {
        List<CoreGroups.Logical> many = java.util.stream.IntStream.range(0, 64)
                .mapToObj(i -> new CoreGroups.Logical(i, i))
                .toList();
        List<List<Integer>> groups = CoreGroups.of(many, Set.of());
        assertThat(groups).hasSize(8);
        assertThat(groups.getFirst()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void limitsOfAContainerAreReadInBothVersions(@TempDir Path two, @TempDir Path one) throws IOException {
        Files.writeString(two.resolve("memory.max"), "1073741824\n");
        Files.writeString(two.resolve("memory.current"), "1000\n");
        Files.writeString(two.resolve("cpu.max"), "150000 100000\n");
        assertThat(ContainerLimits.read(new ControlGroups(two, List.of())))
                .isEqualTo(
                        new ContainerLimits(OptionalLong.of(1L << 30), OptionalLong.of(1000), OptionalDouble.of(1.5)));
        Files.createDirectories(one.resolve("memory"));
        Files.writeString(one.resolve("memory/memory.limit_in_bytes"), "9223372036854771712\n");
        assertThat(ContainerLimits.read(new ControlGroups(one, List.of())))
                .isEqualTo(new ContainerLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalDouble.empty()));
    }

    @Test
    void instructionSetsAreReadFromEachSystemsFlags() {
        assertThat(CpuFeatures.of(List.of("flags: fpu avx avx2 avx512f avx512_vnni amx_int8")))
                .containsExactly("AVX", "AVX2", "AVX512", "AVX512-VNNI", "AMX-INT8");
        assertThat(CpuFeatures.of(List.of("hw.optional.arm.FEAT_DotProd: 1", "hw.optional.arm.FEAT_I8MM: 0")))
                .containsExactly("DotProd");
    }

    @Test
    void theProcessorIsDescribedAsItDescribesItselfAndNotGuessedAt() {
        assertThat(CpuProvider.identity("AuthenticAMD", "25", "17", "1"))
                .isEqualTo("AuthenticAMD, family 25, model 17, stepping 1");
        assertThat(CpuProvider.identity("Apple Inc.", "0x1b588bb3", "", "")).isEqualTo("Apple Inc., family 0x1b588bb3");
        assertThat(CpuProvider.identity("", "", "", "")).isEmpty();
        DeviceStatus cpu = Devices.discover().getFirst();
        assertThat(cpu.facts()).doesNotContainKey("Architecture");
        assertThat(cpu.facts().toString()).doesNotContain("Zen");
    }

    @Test
    void cachesThatProcessorsShareCountOnceAndTheirPiecesAreCounted(@TempDir Path root) throws IOException {
        for (int cpu = 0; cpu < 4; cpu++) {
            cache(root, cpu, 0, "1\nData\n32K\n" + cpu);
            cache(root, cpu, 1, "2\nUnified\n1024K\n" + cpu);
            cache(root, cpu, 2, "3\nUnified\n32M\n" + (cpu < 2 ? "0-1" : "2-3"));
        }
        Files.createDirectories(root.resolve("cpufreq"));
        List<CpuCaches.Cache> caches = CpuCaches.read(root);
        assertThat(CpuCaches.text(caches))
                .isEqualTo("L1 data 4 × 32 KiB, L2 unified 4 × 1.0 MiB, L3 unified 2 × 32.0 MiB");
        assertThat(CpuCaches.read(root.resolve("not there"))).isEmpty();
        assertThat(CpuCaches.lastLevel().value()).isNotNegative();
    }

    private static void cache(Path root, int cpu, int index, String lines) throws IOException {
        Path folder = Files.createDirectories(root.resolve("cpu" + cpu + "/cache/index" + index));
        String[] told = lines.split("\n");
        Files.writeString(folder.resolve("level"), told[0] + "\n");
        Files.writeString(folder.resolve("type"), told[1] + "\n");
        Files.writeString(folder.resolve("size"), told[2] + "\n");
        Files.writeString(folder.resolve("shared_cpu_list"), told[3] + "\n");
    }

    @Test
    void coreNumbersReadAsRanges() {
        assertThat(CpuProvider.ranges(List.of(0, 1, 2, 5))).isEqualTo("0–2, 5");
        assertThat(AllowedCores.parse("0-2,5")).containsExactly(0, 1, 2, 5);
    }

    private static DeviceStatus status(String id, Map<String, String> facts) {
        return new DeviceStatus(
                new Device(id, id, DeviceKind.CPU, List.of(), OptionalLong.empty(), List.of()),
                new Availability.Ready(""),
                facts);
    }

    private static DeviceProvider provider(String name, java.util.function.Supplier<List<DeviceStatus>> devices) {
        return new DeviceProvider() {
            @Override
            public String source() {
                return name;
            }

            @Override
            public List<DeviceStatus> devices() {
                return devices.get();
            }
        };
    }
}
