package dev.lathe.profile.worker;

import dev.lathe.profile.worker.wire.Reply;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/// What a worker says, put where it is waited for, until it says no more. Thread-safe.
final class Replies {
    private final Map<Long, LinkedBlockingQueue<Reply>> waiting = new ConcurrentHashMap<>();
    private volatile boolean over;
    private volatile Optional<Throwable> trouble = Optional.empty();

    /// Where they come from.
    interface Source {
        /// Waits for the next.
        Reply next() throws IOException;
    }

    /// Where the replies to this request will be.
    LinkedBlockingQueue<Reply> to(long request) {
        LinkedBlockingQueue<Reply> queue = new LinkedBlockingQueue<>();
        waiting.put(request, queue);
        return queue;
    }

    /// Nobody waits for these any more.
    void forget(long request) {
        waiting.remove(request);
    }

    /// Until there are no more, whatever the reason is.
    void listen(Source source) {
        try {
            while (true) {
                Reply reply = source.next();
                LinkedBlockingQueue<Reply> queue = waiting.get(reply.getId());
                if (queue != null) {
                    queue.add(reply);
                }
            }
        } catch (IOException e) {
            // The worker is gone, or this side has closed the connection.
        } catch (RuntimeException | Error e) {
            trouble = Optional.of(e);
        } finally {
            over = true;
        }
    }

    void end() {
        over = true;
    }

    /// Whether there will be no more.
    boolean areOver() {
        return over;
    }

    /// Why this side could not read on; empty where the other one fell silent.
    Optional<Throwable> trouble() {
        return trouble;
    }
}
