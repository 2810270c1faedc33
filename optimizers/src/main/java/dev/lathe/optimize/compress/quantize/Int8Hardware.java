package dev.lathe.optimize.compress.quantize;

import java.util.List;
import java.util.Locale;

/// What a processor does with sums of 8-bit products.
///
/// x86 without VNNI adds two products u8·s8 into 16 bits and clips there: full 8-bit weights lose accuracy.
/// Instructions that add into 32 bits (VNNI, AMX; all of arm64) do not clip.
final class Int8Hardware {
    private Int8Hardware() {}

    /// Whether full 8-bit products are known to clip.
    ///
    /// @param architecture as in the system property `os.arch`
    /// @param features as devices list them, e.g. `AVX2`, `AVX512-VNNI`
    static boolean clips(String architecture, List<String> features) {
        String arch = architecture.toLowerCase(Locale.ROOT);
        boolean x86 = arch.equals("amd64") || arch.equals("x86_64");
        // Windows reports a few features only, and neither FMA nor VNNI: without FMA in it a list proves nothing.
        return x86
                && features.contains("FMA")
                && features.stream().noneMatch(f -> f.endsWith("VNNI") || f.equals("AMX-INT8"));
    }
}
