package io.kryla.station.outcome;

/** Where long work stands, for a person who waits. Called from one thread at a time. */
public interface Progress {

    /** A step begins; the one before it is done. */
    void step(String what);

    /** Something worth a line within the step. */
    void detail(String what);

    static Progress silent() {
        return new Progress() {
            @Override
            public void step(String what) {}

            @Override
            public void detail(String what) {}
        };
    }
}
