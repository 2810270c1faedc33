package dev.lathe.profile.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The instruction sets that matter for neural networks, from the flags that the system reports.
final class CpuFeatures {
    /// What people read, and the flag names by which Linux (x86, arm64), macOS and Windows report it.
    private static final List<Map.Entry<String, List<String>>> KNOWN = List.of(
            Map.entry("SSE4.2", List.of("sse4_2", "sse4.2", "pf_sse4_2_instructions_available")),
            Map.entry("AVX", List.of("avx", "avx1.0", "pf_avx_instructions_available")),
            Map.entry("F16C", List.of("f16c")),
            Map.entry("FMA", List.of("fma")),
            Map.entry("AVX2", List.of("avx2", "pf_avx2_instructions_available")),
            Map.entry("AVX512", List.of("avx512f", "pf_avx512f_instructions_available")),
            Map.entry("AVX512-VNNI", List.of("avx512_vnni", "avx512vnni")),
            Map.entry("AVX512-BF16", List.of("avx512_bf16")),
            Map.entry("AVX512-FP16", List.of("avx512_fp16")),
            Map.entry("AVX-VNNI", List.of("avx_vnni")),
            Map.entry("AMX-INT8", List.of("amx_int8")),
            Map.entry("AMX-BF16", List.of("amx_bf16")),
            Map.entry("AMX-FP16", List.of("amx_fp16")),
            Map.entry("NEON", List.of("asimd", "neon", "advsimd", "pf_arm_neon_instructions_available")),
            Map.entry("DotProd", List.of("asimddp", "feat_dotprod", "pf_arm_v82_dp_instructions_available")),
            Map.entry("FP16", List.of("asimdhp", "feat_fp16")),
            Map.entry("I8MM", List.of("i8mm", "feat_i8mm")),
            Map.entry("BF16", List.of("bf16", "feat_bf16")),
            Map.entry("SVE", List.of("sve", "feat_sve")),
            Map.entry("SME", List.of("sme", "feat_sme")));

    private CpuFeatures() {}

    /// @param reported lines of flags, e.g. `flags: fpu avx2 avx512f` or `hw.optional.arm.FEAT_DotProd: 1`
    static List<String> of(List<String> reported) {
        Set<String> flags = new HashSet<>();
        for (String line : reported) {
            String l = line.toLowerCase(Locale.ROOT).strip();
            if (l.endsWith(": 0") || l.endsWith("=0")) {
                continue;
            }
            for (String word : l.split("[\\s:,=]+")) {
                flags.add(word);
                flags.add(word.substring(word.lastIndexOf("arm.") < 0 ? 0 : word.lastIndexOf("arm.") + 4));
                flags.add(word.replace("hw.optional.", ""));
            }
        }
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, List<String>> f : KNOWN) {
            if (f.getValue().stream().anyMatch(flags::contains)) {
                found.add(f.getKey());
            }
        }
        return found;
    }
}
