package io.filejob.service.rest;

import io.filejob.service.problem.ProblemWriter;
import io.vertx.core.Context;
import io.vertx.ext.web.RoutingContext;

/** Runs the blocking part of a request outside of its event loop. */
final class Blocking {
    private Blocking() {}

    /** RequestWork that may block. */
    interface RequestWork {
        /** Does the work and returns the step that responds, on the event loop. */
        Runnable run() throws Exception;
    }

    /** Runs {@code work} on a virtual thread, and responds on the event loop with its result or its failure. */
    static void run(RoutingContext request, RequestWork work) {
        Context eventLoop = request.vertx().getOrCreateContext();
        Thread.ofVirtual().name("request").start(() -> {
            Runnable response;
            try {
                response = work.run();
            } catch (Exception e) {
                response = () -> ProblemWriter.write(request, e);
            }
            Runnable last = response;
            eventLoop.runOnContext(_ -> {
                try {
                    last.run();
                } catch (RuntimeException e) {
                    ProblemWriter.write(request, e);
                }
            });
        });
    }
}
