package dev.lathe.app.live;

import java.util.List;

/// What the Live tab shows at one moment.
record LiveState(boolean empty, boolean running, List<LiveChart> charts, int windowSeconds) {
    LiveState {
        charts = List.copyOf(charts);
    }
}
