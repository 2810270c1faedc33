package dev.lathe.profile.engine.ort;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lathe.profile.engine.ThreadUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the runtime's profile says of the threads of its pool at the end of a kernel (`thread_scheduling_stats`): the
/// parallel loops that the kernel split its work in, and how many parts each thread beside the calling one has taken
/// since the session began, which only tells something beside the count before.
///
/// @param pooled whether there is a pool; with one thread there is none
/// @param taken by thread, the calling one left out
record ThreadCounts(boolean pooled, int loops, Map<String, Long> taken) {
    private static final ThreadCounts NO_POOL = new ThreadCounts(false, 0, Map.of());

    static ThreadCounts read(JsonParser p) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return NO_POOL;
        }
        int loops = 0;
        Map<String, Long> taken = new LinkedHashMap<>();
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String field = p.currentName();
            p.nextToken();
            switch (field) {
                case "main_thread" -> loops = loops(p);
                case "sub_threads" -> threads(p, taken);
                default -> p.skipChildren();
            }
        }
        return new ThreadCounts(true, loops, taken);
    }

    /// A block size for each loop.
    private static int loops(JsonParser p) throws IOException {
        int loops = 0;
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return loops;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            boolean blocks = p.currentName().equals("block_size");
            if (p.nextToken() == JsonToken.START_ARRAY && blocks) {
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    loops++;
                }
            } else {
                p.skipChildren();
            }
        }
        return loops;
    }

    private static void threads(JsonParser p, Map<String, Long> taken) throws IOException {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            p.skipChildren();
            return;
        }
        while (p.nextToken() == JsonToken.FIELD_NAME) {
            String thread = p.currentName();
            p.nextToken();
            while (p.nextToken() == JsonToken.FIELD_NAME) {
                boolean runs = p.currentName().equals("num_run");
                p.nextToken();
                if (runs) {
                    taken.put(thread, p.getValueAsLong());
                } else {
                    p.skipChildren();
                }
            }
        }
    }

    /// How the kernel used the threads; empty where nobody knows what they had taken before.
    ///
    /// @param before at the end of the kernel before this one in the same profile
    Optional<ThreadUse> since(Optional<ThreadCounts> before) {
        if (!pooled || loops == 0) {
            return Optional.of(ThreadUse.alone(1 + taken.size()));
        }
        if (before.isEmpty() || !before.get().pooled()) {
            return Optional.empty();
        }
        List<Integer> joined = new ArrayList<>(List.of(loops));
        taken.forEach((thread, now) -> {
            long then = before.get().taken().getOrDefault(thread, 0L);
            // What a thread took is counted when it is done with it, at times after the loop: never more than there
            // were.
            joined.add((int) Math.clamp(now - then, 0, loops));
        });
        return Optional.of(new ThreadUse(loops, joined));
    }
}
