package dev.lathe.app.live;

import java.util.List;

/// What the Live tab shows at one moment. `remark` says what cannot be measured here.
record LiveState(boolean empty, boolean running, List<LiveChart> charts, int windowSeconds, String remark) {
    LiveState {
        charts = List.copyOf(charts);
    }
}
