package dev.lathe.profile.device.sample;

import oshi.SystemInfo;
import oshi.util.GlobalConfig;

/// Opens OSHI so that every question is answered anew: by itself it gives answers up to 300 ms old, which a
/// live chart would show as steps.
final class Oshi {
    private Oshi() {}

    static SystemInfo open() {
        GlobalConfig.set(GlobalConfig.OSHI_UTIL_MEMOIZER_EXPIRATION, 0);
        return new SystemInfo();
    }
}
