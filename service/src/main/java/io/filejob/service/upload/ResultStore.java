package io.filejob.service.upload;

import java.time.Instant;
import java.util.Map;

/**
 * The results of jobs in the storage of the service, each in a folder with a UUID as its name. Only folders with a note are
 * known, which this service writes before it creates the job. All methods may block and are safe to call from several
 * threads.
 */
interface ResultStore {
    /** A store of a service whose jobs write elsewhere. */
    ResultStore NONE = new ResultStore() {
        @Override
        public String root() {
            return "";
        }

        @Override
        public void renew(String id) {}

        @Override
        public Map<String, Instant> renewed() {
            return Map.of();
        }

        @Override
        public void delete(String id) {}
    };

    /** Returns the location of all results as jobs name it, with a slash at its end; empty if there is none. */
    String root();

    /** Writes the note of a result again; its time to live begins now. */
    void renew(String id);

    /** Returns the times at which the notes of all results were written. */
    Map<String, Instant> renewed();

    /** Deletes all files of a result, and then its note. */
    void delete(String id);
}
