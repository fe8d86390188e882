package io.filejob.read;

/** What is done with the good rows of CSV input. An instance serves one thread. */
public interface Rows {
    /** Uses all rows of {@code batch}, but for those that it {@linkplain Batch#reject rejects}. */
    void use(Batch batch);
}
