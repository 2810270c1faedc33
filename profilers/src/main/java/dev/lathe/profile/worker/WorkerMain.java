package dev.lathe.profile.worker;

import dev.lathe.core.Jobs;
import dev.lathe.profile.engine.EngineCatalog;
import dev.lathe.profile.worker.wire.Request;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/// The worker process. Arguments: the socket to connect to, the folder for files, the engine that models are to be
/// opened in, then the processors to bind to. It ends when the socket closes, so it never outlives the process that
/// started it.
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        WorkerFolder folder = WorkerFolder.of(Path.of(args[1]), Path.of(args[0]));
        List<Integer> cores = new ArrayList<>();
        for (int i = 3; i < args.length; i++) {
            cores.add(Integer.parseInt(args[i]));
        }
        // Before any engine makes its threads: they inherit it.
        boolean bound = cores.isEmpty() || CoreSet.bind(cores);
        Jobs.daemon("lathe-worker-engine", () -> EngineCatalog.warmUp(args[2]));
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            try {
                channel.connect(UnixDomainSocketAddress.of(folder.socket()));
            } catch (IOException e) {
                // Who started us is gone already, and cannot tidy up.
                folder.remove();
                throw e;
            }
            Frames frames = new Frames(channel);
            WorkerService service = new WorkerService(frames, folder.files(), bound);
            LinkedBlockingQueue<Request> queue = new LinkedBlockingQueue<>();
            // The reader stays free while the engine works, so that Stop arrives and a closed socket is noticed.
            Jobs.daemon("lathe-worker-reader", () -> {
                try {
                    while (true) {
                        Request r = frames.read(Request.parser());
                        if (r.getWhatCase() == Request.WhatCase.STOP) {
                            service.stop(r.getStop().getRequest());
                        } else {
                            queue.add(r);
                        }
                    }
                } catch (IOException e) {
                    // The window's process is gone or done with us. A native call may be running: do not wait for it.
                    folder.remove();
                    Runtime.getRuntime().halt(0);
                }
            });
            while (true) {
                service.handle(queue.take());
            }
        }
    }
}
