package dev.lathe.profile.device.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lathe.core.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SamplersTest {
    @Test
    void bothSamplersAreRegistered() {
        List<String> ids = new ArrayList<>();
        ServiceLoader.load(Sampler.class).forEach(s -> ids.add(s.id()));
        assertThat(ids).contains("cpu", "memory");
    }

    @Test
    void aBusyCoreShowsInTheLoad() {
        CpuLoadSampler sampler = new CpuLoadSampler();
        sampler.perCore();
        long end = System.nanoTime() + 300_000_000L;
        double sink = 0;
        while (System.nanoTime() < end) {
            sink += Math.sqrt(sink + 1);
        }
        List<Double> loads = sampler.perCore();
        assertThat(sink).isPositive();
        assertThat(loads).isNotEmpty().allSatisfy(l -> assertThat(l).isBetween(0.0, 1.0));
        assertThat(loads.stream().mapToDouble(l -> l).sum()).isGreaterThan(0.4);
    }

    @Test
    void thisProcessHasMemoryAndAProcessThatIsNotThereHasNone() {
        ProcessMemorySampler sampler = new ProcessMemorySampler();
        long own = ProcessHandle.current().pid();
        assertThat(sampler.residentBytes(own).orElse(0)).isGreaterThan(10_000_000L);
        assertThat(sampler.sample(own).get("resident").unit()).isEqualTo(Unit.BYTES);
        assertThat(sampler.residentBytes(Integer.MAX_VALUE - 7L)).isEmpty();
    }
}
