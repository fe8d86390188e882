package io.filejob.cli;

import io.filejob.api.FileJob;
import io.filejob.callback.CallbackOutcome;
import io.filejob.failure.JobFailedException;
import io.filejob.log.EventLog;
import io.filejob.spec.CallbackSpec;
import io.filejob.status.FileJobStatus;
import io.filejob.storage.http.HostGuard;
import io.filejob.storage.local.Secrets;
import io.filejob.webhook.CallbackSender;
import io.filejob.webhook.LocalDelivery;
import java.time.Clock;
import java.util.function.Consumer;

/** The callback of a run on this machine. Neither the outcome nor the exit status of the run depend on it. */
final class RunCallback {
    private RunCallback() {}

    /** Throws {@link JobFailedException} if the Secret cannot be used, since the end of the run would be too late. */
    static void check(FileJob job, Secrets secrets) {
        if (job.spec().callback() != null) {
            CallbackSender.check(job.spec().callback(), secrets);
        }
    }

    /** Returns the status of {@code ended}; with a callback, it shows that the first attempt follows. */
    static FileJob begun(FileJob ended) {
        FileJobStatus status = ended.status();
        return ended.spec().callback() == null || status == null
                ? ended
                : ended.withStatus(LocalDelivery.begun(status, Clock.systemUTC()));
    }

    /**
     * Calls the receiver, for about a minute, and says whether it has accepted; does nothing without a callback. {@code
     * listener} gets the status with the attempts.
     */
    static void call(FileJob ended, Secrets secrets, EventLog log, boolean quiet, Consumer<FileJobStatus> listener) {
        CallbackSpec callback = ended.spec().callback();
        if (callback == null) {
            return;
        }
        CallbackSender sender = new CallbackSender(
                callback, secrets, HostGuard.local(ended.spec().network()), Clock.systemUTC());
        LocalDelivery delivery = LocalDelivery.of(sender, ended, listener, Clock.systemUTC());
        boolean delivered = delivery.report().outcome() == CallbackOutcome.DELIVERED;
        String attempts = delivery.attempts() == 1 ? "1 attempt" : delivery.attempts() + " attempts";
        if (!delivered) {
            log.warn("spec.callback: not delivered after " + attempts + " ("
                    + delivery.report().message()
                    + "); the outcome of the job is not affected, see: filejob help notify");
        } else if (!quiet) {
            log.info("callback delivered to " + callback.url() + " after " + attempts);
        }
    }
}
