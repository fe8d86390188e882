package io.filejob.worker;

import io.filejob.ledger.Ledger;
import io.filejob.plan.Cut;
import io.filejob.plan.Plan;
import io.filejob.storage.state.PollingPolicy;
import io.filejob.storage.state.ProgressSnapshot;
import io.filejob.storage.state.StateStore;
import java.util.List;

/** A store that passes everything on to another one; subclasses change some of it. */
abstract class ForwardingStore implements StateStore {
    private final StateStore store;

    ForwardingStore(StateStore store) {
        this.store = store;
    }

    @Override
    public String job() {
        return store.job();
    }

    @Override
    public String fingerprint() {
        return store.fingerprint();
    }

    @Override
    public Cut cut() {
        return store.cut();
    }

    @Override
    public void write(Ledger ledger) {
        store.write(ledger);
    }

    @Override
    public List<Ledger> ledgers() {
        return store.ledgers();
    }

    @Override
    public ProgressSnapshot look(Plan plan, Ledger mine) {
        return store.look(plan, mine);
    }

    @Override
    public PollingPolicy pollingPolicy() {
        return store.pollingPolicy();
    }
}
